"""Words that people in Finland try first in a password; zxcvbn by itself knows English only."""

from __future__ import annotations

TEXT = """
reilu portaali palvelu tunnus salasana salasanani salasana1 kirjaudu kayttaja käyttäjä yllapito ylläpito yritys
toimisto työ työpaikka tyopaikka työnhakija tyonhakija työnantaja tyonantaja esimies johtaja sihteeri ohjelma
vastuullinen perkele saatana vittu jumalauta hitto kissa koira hevonen karhu susi kettu lintu kala joulu juhannus
vappu pääsiäinen paasiainen uusivuosi kevät kevat kesä kesa syksy talvi tammikuu helmikuu maaliskuu huhtikuu
toukokuu kesäkuu kesakuu heinäkuu heinakuu elokuu syyskuu lokakuu marraskuu joulukuu maanantai tiistai keskiviikko
torstai perjantai lauantai sunnuntai suomi suomenlinna helsinki espoo vantaa tampere turku oulu jyväskylä jyvaskyla
lahti kuopio pori kouvola joensuu lappeenranta hämeenlinna hameenlinna vaasa rovaniemi seinäjoki seinajoki mikkeli
kotka salo porvoo kokkola lohja hyvinkää hyvinkaa nokia kajaani rauma savonlinna kerava järvenpää jarvenpaa tuusula
kirkkonummi lappi karjala savo häme hame pohjanmaa uusimaa satakunta ahvenanmaa kalevala sisu sauna makkara kahvi
olut kalja salmiakki jääkiekko jaakiekko leijonat jokerit ilves tappara kärpät karpat hifk tps jalkapallo veikkaus
rakas rakkaus kulta äiti aiti isä isa mummo vaari lapsi poika tyttö tytto perhe koti mökki mokki metsä metsa järvi
jarvi meri aurinko kuu tähti tahti musta valkoinen punainen sininen keltainen vihreä vihrea juhani johannes mikael
matti timo jari antti mika juha hannu pekka kari jukka markku marko ville heikki tommi janne maria helena johanna
anneli kaarina marjatta anna liisa tuula ritva päivi paivi sari minna tiina katja heidi pirjo korhonen virtanen
mäkinen makinen nieminen mäkelä makela hämäläinen hamalainen laine heikkinen koskinen järvinen jarvinen lehtonen
lehtinen saarinen salminen heinonen qwertyuiopå asdfghjklöä tervetuloa moikka moimoi heippa lösenord losenord
hemligt välkommen valkommen sommar vinter höst host vår jul midsommar finland helsingfors åbo abo esbo vanda sverige
älskling alskling hej hejhej arbete jobb företag foretag katt hund
"""
COMMON = tuple(TEXT.split())
