"""The words around names: what announces one, what belongs to one, and what shows that there is none."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    "van de der den ten ter te 't het von zu di da del della dos la le du el"
    " al bin ibn bint af av op in mac y e".split()
)

LEADING = frozenset("van de der den ten ter te von di da del della la le du el al bin af av mac nic".split())

# What stands right before a name. A name in small letters is believed here, if a list has it.
GREETING = (
    r"hi|hiya|hello|hey|heya|dear|good (?:morning|afternoon|evening|day)|morning|greetings"
    r"|hoi|hallo|hai|hee|dag|beste|lieve|geachte|goede(?:morgen|middag|navond|n?dag)|goeie(?:morgen|middag|navond|dag)"
    r"|hei|moi|moikka|heippa|hyvä|arvoisa|terve|tervehdys|päivää|huomenta|iltaa|hyvää (?:päivää|huomenta|iltaa)|morjens"
    r"|(?:many )?thank(?:s| you)(?: so much| very much| a lot)?|cheers|(?:hartelijk"
    r" |heel erg )?(?:dank je(?: wel)?|dankjewel|bedankt)"
    r"|kiitos(?: paljon)?|sorry|apologies|welcome(?: back)?|welkom|tervetuloa|congratulations|gefeliciteerd|onnea"
)

CLOSING = (
    r"(?:(?:with )?(?:kind|best|warm|many|kindest|warmest)(?: regards| wishes"
    r"| thanks)|regards|best|sincerely|yours(?: \w+)?|cheers|thanks(?: again"
    r"| so much| in advance)?"
    r"|thank you(?: \w+){0,3}|all the best|take care|love|greetings|greets|rgds|br|kr|ty"
    r"|(?:met )?(?:vriendelijke|hartelijke|zonnige|warme|lieve|vr\.?|fijne)?"
    r" ?(?:groet|groeten|groetjes|gr|grtz|grt|groetjes van|groeten van)|mvg|hoogachtend"
    r"|alvast (?:bedankt|dank)|bedankt|dank(?: u| je)?(?: wel)?|dankjewel|liefs"
    r"|een fijne dag|fijne dag(?: nog)?"
    r"|(?:ystävällisin |parhain |lämpimin |aurinkoisin )?(?:terveisin|terveisiä"
    r"|terveiset|terv|t|yt|ystävällisesti|kunnioittaen|kiittäen|kiitos|kiitoksia"
    r"|kiitos etukäteen|kiitos paljon|kiitos avusta|kiitti|yst\.? terv))"
)

TITLE = (
    r"mr|mrs|ms|mx|miss|mister|dr|prof|professor|doctor|sir|madam|judge|captain|rev"
    r"|(?:de )?heer|dhr|mevr|mevrouw|mw|mej|meneer|mijnheer|juffrouw|drs|ing"
    r"|ir|mr\. dr|dokter|familie|fam|oma|opa|tante|oom"
    r"|herra\w{0,4}|hra|rouva\w{0,4}|rva|neiti|nti|tohtori\w{0,4}|tri|professori\w{0,4}"
    r"|lääkäri\w{0,4}|täti|setä|eno|mummo|pappa"
    r"|aunt|auntie|uncle|grandma|granny|nurse"
)

PERSON = (
    r"surname|last name|first name|full name|holder|(?:my |mijn )?ex|lady|gentleman|husband|wife|partner|son"
    r"|daughter|mother|mum|mom|father|dad|brother|sister|nephew|niece|cousin"
    r"|friend|neighbou?r"
    r"|colleague|coworker|co-worker|boss|manager|flatmate|roommate|landlord|tenant"
    r"|girlfriend|boyfriend|fianc[eé]e?|technician|engineer"
    r"|driver|courier|advisor|adviser|assistant|mechanic|plumber|electrician"
    r"|patient|guest|passenger|account holder|cardholder|card holder|customer"
    r"|client|recipient|addressee|contact person|representative|buyer|seller"
    r"|colleagues"
    r"|achternaam|voornaam|man|vrouw|vriend|vriendin|zoon|dochter|moeder|vader"
    r"|broer|zus|zusje|broertje|neef|nicht|collega|collega's|buurman|buurvrouw"
    r"|baas|monteur|bezorger|chauffeur"
    r"|medewerker|medewerkster|adviseur|klant|huurder|verhuurder|patiënt|rekeninghouder"
    r"|kaarthouder|ontvanger|geadresseerde|contactpersoon|vrouwtje|schoonmoeder"
    r"|schoonvader|kleinzoon|kleindochter|specialist"
    r"|sukunimi|etunimi|mieheni|vaimoni|poikani|tyttäreni|äitini|isäni|veljeni"
    r"|siskoni|sisareni|puolisoni|kumppanini|ystäväni|naapurini|kollegani|kollegamme"
    r"|työkaverini|esimieheni|vuokralaiseni|lapseni|anoppini|appeni|serkkuni"
    r"|avopuolisoni"
    r"|asentaja|asentajamme|kuljettaja|kuljettajamme|asiakas|asiakkaamme|asiakaspalvelija"
    r"|myyjä|myyjänne|huoltaja|potilas|vastaanottaja|tilinomistaja|kortinhaltija"
    r"|asiantuntija|asiantuntijamme|teknikko|teknikkomme|yhteyshenkilö|yhteyshenkilömme"
    r"|kollega|vuokralainen|isännöitsijä"
)

INTRODUCED = (
    r"(?:my |full |first |last |her |his |their |the )?(?:name|surname) (?:is"
    r"|was|should be|on the (?:account|card|order|booking|parcel|label) (?:is"
    r"|was|should be)|at the door is|on it is)|(?:i'?m|i’m|i am|this is|it's"
    r" me,|here is|speaking with|spoke (?:to|with)|spoken (?:to|with)|speak (?:to"
    r"|with)|talked (?:to|with)|chatted with|dealt with|met with|in the name"
    r" of|on behalf of|in the care of|under the name|signed by|signed as|signed"
    r" for by|addressed to|care of|c/o|called|named|attn|attention|ask for|asked"
    r" for|contacted by|helped by|handled by|delivered to|belongs to|married"
    r" to|registered to|account of|name of)"
    r"|(?:mijn |de |haar |zijn |uw |je |volledige )?(?:naam|achternaam|voornaam"
    r"|meisjesnaam)(?: op (?:de|het) \w+)? (?:is|was|moet zijn|luidt)|ik ben"
    r" het,|ik ben|ik heet|heet|hier is|u spreekt met|je spreekt met|gesproken"
    r" met|sprak (?:ik )?met|gebeld met|gechat met|contact met|contact gehad"
    r" met|op naam van|op de naam van|op de naam|namens|ten name van|t\.?n\.?v\.?"
    r"|ter attentie van|t\.?a\.?v\.?|vraag naar|geholpen door|getekend door|getekend"
    r" als|ondertekend door|afgegeven aan|bezorgd bij|genaamd|getrouwd met"
    r"|(?:koko )?nimeni on|nimi on|nimi tilillä on|sukunimeni on|etunimeni on"
    r"|(?:minä )?olen|(?:mä )?oon|mun nimi on|puhuin|juttelin|nimellä|nimelle|nimiin|nimeltä|nimisen"
    r"|nimeltään|allekirjoittanut|c/o|puolesta|vastaanottajana|pyydä|pyysin"
)

# These come before many other words, too: only a name that a list has is believed after them.
WEAKLY = r"it's|its|it is|met|door|aan|tegen|täällä|tässä|puhelimessa"

FIELD = (
    r"(?:full |first |last |customer |account |contact |card ?holder )?(?:name"
    r"|surname)|customer|from|to|cc|sent by|signed|contact|attn|recipient|account"
    r" holder|caller|passenger|guest|patient|deliver to|ship to|bill to"
    r"|naam|achternaam|voornaam|klant|van|aan|ontvanger|contactpersoon|rekeninghouder"
    r"|t\.?n\.?v|t\.?a\.?v|geadresseerde|afzender|reiziger|huurder"
    r"|nimi|etunimi|sukunimi|koko nimi|asiakas|lähettäjä|vastaanottaja|tilinomistaja"
    r"|yhteyshenkilö|tilaaja|soittaja|matkustaja|potilas|kortinhaltija|maksaja"
    r"|saaja"
)

LEGAL_FORMS = frozenset(
    "bv nv vof ltd limited inc llc plc oy oyj ab gmbh ag corp co group company holding & sons".split()
)

COMPANY = LEGAL_FORMS | frozenset(
    "bank"
    " hotel store stores foundation university school "
    "college hospital airport stadium museum church park street road apotheek makelaars bakkerij stichting ziekenhuis "
    "college apteekki koulu sairaala yliopisto shop company industries systems solutions holding brothers sons & "
    "cup series range fauteuil edition award lounge sofa bank mattress collection collectie mallisto".split()
)

PLACE_NOUN = frozenset(
    "hotel café cafe villa saint st lake port camp museum studio salon restaurant ravintola brasserie bakkerij camping"
    " team model type malli mallisto serie series sarja collection the this"
    " that a an de het deze een firma bedrijf merk brand yritys ravintolan".split()
)

ARTICLES = frozenset("the this that a an de het deze een".split())

MONTHS = frozenset("jan mar mei juni juli april may june august sep".split())

# A sender that is an office, not a person, in the last part of a word or as a word of its own.
OFFICE = re.compile(
    r"(?:services?|team|unit|office|officer|section|department|dept|relations"
    r"|operations|control|banking|cards?|claims|sales|care|desk"
    r"|reception|dispatch|contracts?|contact|licensing|lending|highways|billing|board"
    r"|council|house|clinic|dienst|diensten|afdeling|beheer|zaken"
    r"|balie|receptie|incasso|verkoop|administratie|kantoor|loket|bureau|praktijk"
    r"|bestuur|planning|redactie|winkel|palvelut?|toimisto|osasto"
    r"|valvonta|tiimi|huolto|välitys|yksikkö|selvittely|vahingot|pankki|myynti"
    r"|sihteeri|toimikunta|opisto|toimi|laskutus|päivystys|keskus"
    r"|vastaanotto|neuvonta|asiakkaat|vakuutukset|suhteet|käsittely|vuokraus"
    r"|käyttöönotto|secretariaat|beleving|reservations|success|rehtori|kirjaamo"
    r"|isännöinti)\b",
    re.IGNORECASE,
)

SMALL_WORDS = frozenset(
    "i ik je u we ze hij zij het de een the a an and or but if so to of in on"
    " at for my your our it is as by me you he she they "
    "en of maar als dan dat dit wat hoe waar wie er om op te uit bij tot door over per naar dus want met aan van voor "
    "meille meillä meiltä meitä meidän teille teillä teiltä teitä teidän minulle"
    " minulla sinulle sinulla hänelle hänellä mikä mikähän "
    "onko täällä siellä tässä vielä jäi tule tuli aina ihan there here that"
    " what when why how who not no yes don can could would we they them done"
    " great again enjoy last "
    "fill from now then sorry once still just please every some any all both"
    " hoera geweldig alweer weer nog steeds niet wel zo is was heeft heb kan"
    " kunt wil mag moet zijn "
    "minä sinä hän me te he ja tai mutta jos kun se ei en et on ei olen oli"
    " niin vai nyt tämä tuo mitä miten kuka missä me te he ok".split()
)
