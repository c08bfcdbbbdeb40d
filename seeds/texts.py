"""The commitment of a responsible employer, version 1 (Markdown), and the required training.

It speaks of people in a weak labour-market position and of nothing else: a company must not learn from it who they are.
"""

from __future__ import annotations

TRAINING_CODE = "fair-recruitment"
TRAINING_TEXTS = {
    "title_fi": "Reilu rekrytointi käytännössä",
    "title_sv": "Rättvis rekrytering i praktiken",
    "title_en": "Fair recruitment in practice",
    "audience_fi": "Yritysten rekrytoijille, esihenkilöille ja yrittäjille",
    "audience_sv": "För rekryterare, chefer och företagare",
    "audience_en": "For recruiters, supervisors and entrepreneurs",
}
TRAINING_TEACHES = {
    "teaches_fi": (
        "Mitä työpaikkailmoituksessa pitää lukea\nVaatimus vai toive: kielitaito\n"
        "Palkka, työaika ja asunto rehellisesti\nMiten haastatellaan ja perehdytetään reilusti"
    ),
    "teaches_sv": (
        "Vad en platsannons måste innehålla\nKrav eller önskemål: språkkunskaper\n"
        "Lön, arbetstid och bostad ärligt\nHur man intervjuar och introducerar rättvist"
    ),
    "teaches_en": (
        "What a vacancy must say\nMust or wish: languages\n"
        "Pay, hours and housing, honestly\nHow to interview and introduce fairly"
    ),
}

COMMITMENT_FI = """\
# Vastuullisen työnantajan sitoumus

Otamme töihin myös ihmisiä, joiden asema työmarkkinoilla on heikko. Sitoudumme seuraavaan.

## Työn ehdot

- Noudatamme työlainsäädäntöä ja alan työehtosopimusta: palkka, työaika, lepo ja lomat.
- Teemme työsopimuksen kirjallisesti kielellä, jota työntekijä ymmärtää, ennen kuin työ alkaa.
- Maksamme palkan työntekijän omalle tilille ja annamme palkkalaskelman.
- Emme peri maksua tai vakuutta työpaikasta. Rekrytoinnin kulut maksaa työnantaja.
- Emme pidä työntekijän passia, oleskelulupaa, pankkikorttia tai muita asiakirjoja hallussamme.
- Jos järjestämme asunnon, siitä sovitaan erikseen, ja työntekijä saa asua muualla.
- Työntekijä saa perehdytyksen, suojaimet ja työterveyshuollon.

## Alihankinta ja vuokratyö

- Vastaamme siitä, että samat ehdot toteutuvat alihankkijoillamme ja vuokratyössä.

## Esittelyt ja tiedot

- Vain nimetyt vastaanottajat lukevat esittelykortit ja saadut tiedot. Emme jaa niitä eteenpäin.
- Emme etsi korttien perusteella, kuka ihminen on, emmekä kysele hänen taustastaan.
- Poistamme tiedot, kun esittely päättyy ilman työsuhdetta, ja vahvistamme sen.
- Emme syrji iän, sukupuolen, alkuperän, kielen, uskonnon, terveyden tai muun syyn perusteella.

## Yhdessä

- Vastaamme seurantaan ja kerromme, jos jokin ei suju.
- Päivitämme selvityksemme ja osaamisemme, kun ne vanhenevat.
- Tiedämme, että asema vastuullisena työnantajana päättyy, jos emme pidä tätä sitoumusta.
"""

COMMITMENT_SV = """\
# Förbindelse för en ansvarsfull arbetsgivare

Vi anställer också människor som har en svag ställning på arbetsmarknaden. Vi förbinder oss till följande.

## Arbetsvillkor

- Vi följer arbetslagstiftningen och branschens kollektivavtal: lön, arbetstid, vila och semester.
- Vi ingår arbetsavtalet skriftligt på ett språk som arbetstagaren förstår, innan arbetet börjar.
- Vi betalar lönen till arbetstagarens eget konto och ger en löneuträkning.
- Vi tar inte ut någon avgift eller säkerhet för arbetet. Arbetsgivaren betalar rekryteringens kostnader.
- Vi behåller inte arbetstagarens pass, uppehållstillstånd, bankkort eller andra handlingar.
- Om vi ordnar en bostad avtalas det särskilt, och arbetstagaren får bo någon annanstans.
- Arbetstagaren får inskolning, skyddsutrustning och företagshälsovård.

## Underleverantörer och hyrd arbetskraft

- Vi ansvarar för att samma villkor gäller hos våra underleverantörer och för hyrd arbetskraft.

## Introduktioner och uppgifter

- Bara de namngivna mottagarna läser presentationskorten och de uppgifter vi får. Vi delar dem inte vidare.
- Vi försöker inte ta reda på vem en människa är utifrån korten och frågar inte ut personen om bakgrunden.
- Vi raderar uppgifterna när en introduktion slutar utan anställning och bekräftar det.
- Vi diskriminerar inte på grund av ålder, kön, ursprung, språk, religion, hälsa eller annan orsak.

## Tillsammans

- Vi svarar på uppföljningen och berättar om något inte går bra.
- Vi förnyar våra utredningar och vår kunskap när de föråldras.
- Vi vet att ställningen som ansvarsfull arbetsgivare upphör om vi inte håller den här förbindelsen.
"""

COMMITMENT_EN = """\
# Commitment of a responsible employer

We also hire people whose position on the labour market is weak. We commit to the following.

## Terms of work

- We follow labour law and the collective agreement of the field: pay, working time, rest and holidays.
- We make the contract of employment in writing, in a language the employee understands, before the work begins.
- We pay to the employee’s own account and give a pay slip.
- We ask no fee or deposit for a job. The employer pays the costs of recruitment.
- We do not keep an employee’s passport, residence permit, bank card or other documents.
- If we arrange housing, it is agreed on separately, and the employee may live elsewhere.
- The employee gets an introduction to the work, protective equipment and occupational health care.

## Subcontracting and temporary work

- We answer for the same terms at our subcontractors and in temporary work.

## Introductions and information

- Only the named recipients read introduction cards and the information we receive. We do not pass them on.
- We do not try to find out from a card who a person is, and do not question them about their background.
- We delete the information when an introduction ends without employment, and confirm it.
- We do not discriminate by age, gender, origin, language, religion, health or any other reason.

## Together

- We answer the follow-up and tell when something does not go well.
- We renew our evidence and our knowledge when they grow old.
- We know that the standing of a responsible employer ends if we do not keep this commitment.
"""
