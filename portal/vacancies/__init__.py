from portal.core.registry import Feature

feature = Feature(name="vacancies")
