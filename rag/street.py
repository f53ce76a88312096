"""The Street's houses by their several names, today's and those of the eighties.

One house a line, the usual name first, written as `rag.wording.fold` leaves a name. Houses that were apart at the time
stay apart (Merrill Lynch and Bank of America before 2009), unless the name itself joins them ("BofA Merrill Lynch").
"""

from __future__ import annotations

from rag.wording import groups

# Legal and generic endings (Inc, Securities, Research …) need no entry for `rag.naming`, which drops them; those that
# stand here are spellings that questions are searched by.
STREET = groups(
    """
    bank of america | bofa | bofa securities | bofa merrill lynch | bank of america merrill lynch | bofaml | baml
    merrill lynch | merrill | merrill lynch pierce fenner and smith | ml
    jpmorgan | jp morgan | jpmorgan chase | jpm | jpm chase | j.p. morgan chase | jpmorgan cazenove | jp morgan cazenove
    goldman sachs | goldman | gs | goldman sachs group
    morgan stanley | morgan stanley dean witter | ms
    citigroup | citi | citibank | citicorp
    salomon smith barney | citigroup smith barney
    wells fargo | wells | wfc | wells fargo securities | wells fargo advisors | wells fargo investment institute
    wachovia
    barclays | barclays capital | barcap
    barclays de zoete wedd | bzw
    deutsche bank | deutsche | db | deutsche bank ag
    db alex. brown | deutsche bank alex. brown | deutsche banc alex. brown
    alex. brown | alex. brown and sons
    ubs | ubs group | ubs warburg | union bank of switzerland
    s.g. warburg | warburg
    credit suisse | credit suisse first boston | csfb | cs first boston | cs
    first boston
    hsbc | hsbc global | hsbc global investment
    bnp paribas | bnp | bnp paribas exane | exane bnp paribas
    exane
    societe generale | socgen | sg | sg cib
    natixis
    credit lyonnais securities asia | clsa | clsa asia-pacific markets
    rbc | royal bank of canada | rbc dominion
    bmo | bank of montreal | bmo nesbitt burns
    nesbitt burns | nesbitt thomson
    td | toronto-dominion bank | toronto-dominion | td bank
    td cowen | cowen | cowen and co
    cibc | cibc world markets | canadian imperial bank of commerce | cibc oppenheimer
    scotiabank | bank of nova scotia | scotia | scotia mcleod
    national bank of canada | national bank financial | national bank
    canaccord genuity | canaccord | canaccord adams
    nomura | nomura holdings
    instinet | nomura instinet
    mizuho | mizuho bank | mizuho financial
    daiwa
    mufg | mitsubishi ufj | mitsubishi ufj financial
    smbc nikko | smbc
    macquarie | macquarie bank
    jefferies | jefferies financial
    evercore | evercore isi
    isi | international strategy and investment
    piper sandler | piper jaffray | piper | piper jaffray and hopwood
    sandler o'neill | sandler o'neill and partners
    raymond james | raymond james financial | raymond james and associates
    stifel | stifel nicolaus | stifel financial
    keybanc | key banc | keybanc capital
    mcdonald investments | mcdonald and co
    baird | robert w. baird | rw baird | r.w. baird
    bernstein | sanford c. bernstein | sanford bernstein | alliancebernstein | bernstein societe generale
    truist | truist financial
    suntrust | suntrust robinson humphrey | suntrust rh
    robinson humphrey
    pnc | pnc financial | pnc bank
    u.s. bank | u.s. bancorp | u.s. bank wealth management | u.s. bank asset management
    oppenheimer | oppenheimer holdings
    wedbush | wedbush morgan
    needham
    rosenblatt
    susquehanna | susquehanna international | susquehanna financial
    william blair
    wolfe | wolfe trahan
    moffettnathanson | moffett nathanson
    guggenheim | guggenheim partners
    loop | loop capital
    cantor fitzgerald | cantor
    btig
    mkm | mkm partners
    roth | roth mkm | roth capital partners
    b. riley | b. riley fbr | b. riley financial
    fbr | friedman billings ramsey
    d.a. davidson | davidson
    h.c. wainwright | wainwright
    keefe bruyette and woods | kbw | keefe bruyette | stifel kbw
    jmp | citizens jmp
    northland
    craig-hallum
    maxim
    benchmark
    argus
    cfra
    morningstar
    zacks | zacks investment
    edward jones
    telsey | telsey advisory
    melius
    redburn | redburn atlantic | rothschild and co redburn
    berenberg | berenberg bank
    kepler cheuvreux | kepler
    panmure gordon | panmure
    liberum
    panmure liberum
    numis
    deutsche numis
    peel hunt
    shore
    cenkos
    investec | investec bank
    janney montgomery scott | janney | janney montgomery
    ladenburg thalmann | ladenburg
    lpl | lpl financial
    charles schwab | schwab | schwab center for financial
    fundstrat | fundstrat global advisors
    yardeni
    bca
    trivariate
    ned davis
    capital economics
    oxford economics
    pantheon macroeconomics | pantheon
    blackrock | blackrock investment institute
    vanguard
    fidelity | fidelity investments
    pimco | pacific investment management
    ing | ing bank | ing groep
    abn amro
    rabobank
    commerzbank
    unicredit
    danske bank | danske
    nordea
    seb
    swedbank
    dnb | dnb markets
    saxo bank | saxo
    standard chartered | stanchart
    dbs | dbs bank
    ocbc | ocbc bank
    uob | uob kay hian
    westpac
    commonwealth bank of australia | cba | commonwealth bank
    anz | australia and new zealand banking
    national australia bank | nab
    cicc | china international capital
    citic
    motilal oswal | mosl | motilal oswal financial
    kotak | kotak mahindra
    icici
    hdfc
    iifl | india infoline
    axis | axis capital
    edelweiss | edelweiss financial
    emkay | emkay global | emkay global financial
    prabhudas lilladher
    sharekhan | sharekhan by bnp paribas
    angel | angel one | angel broking
    nirmal bang
    anand rathi
    religare
    sbicap | sbi capital
    jm financial
    phillipcapital | phillip capital | phillip
    moody's | moodys | moody's investors | moody's investors service | moody's investor service | moody's ratings
    standard and poor's | s&p | standard and poors | s&p ratings | s&p global | s&p global ratings
    fitch | fitch ratings | fitch ibca
    dbrs | dbrs morningstar | morningstar dbrs
    a.m. best
    duff and phelps
    icra
    crisil
    prudential-bache | prudential bache | pru-bache | prudential-bache securities
    drexel burnham lambert | drexel burnham | drexel
    kidder peabody | kidder, peabody | kidder
    shearson lehman brothers | shearson lehman | shearson | shearson american express | shearson lehman hutton
    lehman brothers | lehman | lehman brothers kuhn loeb
    salomon brothers | salomon
    smith barney | smith barney, harris upham | smith barney harris upham | smith barney shearson
    dean witter | dean witter reynolds
    paine webber | painewebber | paine webber jackson and curtis | painewebber mitchell hutchins | mitchell hutchins
    e.f. hutton | ef hutton | hutton
    bear stearns
    donaldson lufkin and jenrette | dlj | donaldson lufkin
    l.f. rothschild | l.f. rothschild unterberg towbin | rothschild unterberg towbin
    thomson mckinnon
    a.g. edwards | a.g. edwards and sons
    montgomery
    hambrecht and quist | h&q | chase h&q
    robertson stephens | robertson colman and stephens
    dillon read
    wertheim | wertheim schroder
    tucker anthony | tucker anthony and r.l. day
    advest
    legg mason | legg mason wood walker
    mabon nugent
    cyrus j. lawrence | c.j. lawrence
    morgan grenfell
    phillips and drew
    james capel
    hoare govett
    rowe and pitman
    wood mackenzie
    kleinwort benson | kleinwort benson government | kleinwort
    county natwest
    de zoete and bevan
    messel
    laing and cruickshank
    greenwell montagu | greenwell
    jardine fleming
    yamaichi
    nikko
    john s. herold | herold
    prescott ball and turben
    interstate | interstate johnson lane
    brown brothers harriman | brown brothers
    josephthal
    gruntal
    eberstadt fleming | eberstadt | f. eberstadt
    data resources | dri
    wharton econometric forecasting associates | wharton econometrics | wefa
    wood gundy | cibc wood gundy
    burns fry
    mcleod young weir
    dominion securities | dominion securities pitfield
    """
)
