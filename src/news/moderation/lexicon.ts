/** Persian as people write it in Latin letters, and English as it stands in Persian comments: what Finglish is told by. */

const listOf = (text: string): string[] => text.trim().split(/\s+/);

export const finglishWords = listOf(`
salam salaam dorood mamnoon mamnun mamnoonam merci mersi moteshaker moteshakeram moteshakkeram tashakor sepas lotfan lotfa bebakhshid khaste khasteh nabashid khodahafez
khoob khub khob khobe khoobe khubi khoobi khoban kheili kheyli kheli khayli ziad ziyad kam kami bishtar behtar badtar aali ali alie awli awliye bad bada bade
man mano to toro shoma shomaha ma maro ishon ishoon una unha onha inha ina in un on oon een aan hame hamash hameye hamishe hamin hamoon hich hichi hichkas kasi kesi
ke keh chi chera chetor chetori chejoori koja kojast kojaye key kay chand chandta chaghadr cheghadr kodom kodum age agar vali ama amma chon choon pas bad badesh baad ba
be bi az dar ta ra ro va ya ham hamchenin baraye vase vaseye barai bara mesle mese misle rooye roye ruye toye tooye tuye zir bala jelo posht birun biroon
hast hastam hasti hastim hastid hastand nist nistam nistim nistid nistand bood bud boodam boode boodim bude boodand nabood nabud bashe basheh bashad nabashe bashim bashid
shod shode shodeh shodam shodim nashod nashode mishe misheh nemishe nemisheh mishavad nemishavad beshe besheh nashe nashavad shavad khahad khahim
kard kardam karde kardeh kardim kardan kardand nakard nakarde nakardam mikone mikoneh mikonam mikonim mikonid mikonan mikonand nemikone nemikonam nemikonid nemikonan bokone bekone bokonid konid konin konim kone konan nakonid
dare dareh daram darim darid darin daran darand nadare nadareh nadaram nadarim nadarid nadarand dasht dashtam dashte dashteh dashtim nadasht nadashte dashtand
dad dadan dadam dade dadeh dadim dadand nadad nadadan nadade mide mideh midam midim midid midan midand nemide nemidan nemidand bede bedeh bedam bedid bedin bedan
goft goftam goftan gofte goftand mige migeh migam migan migid nemigan begid begin begam begoo begu gereft gereftam gerefte gereftim nagereft nagerefte nagereftam begiram begirim begire migire migiran nemigire
raft raftam rafte raftim raftan mire mirim miram miran beram berim bere boro narafte amad omad oomad omadam umad miad miyad biad biyad biam biaid biayid nemiad
khast mikham mikhaim mikhay mikhaid mikhan nemikham khastam bayad nabayad shayad mitoone mitunam mitonam mitoonam mitavan mitavanam nemitoonam nemitunam nemitone nemitavan tavan
didam didim dide nadidam mibinam mibinid bebinid begooyid miresad miresim residegi resid naresid rasid residand moondam moondim montazer montazeram montazerim
kar kara karha karo kari karam karesh kaar shoghl shoghli shoghle mashaghel mashagel khanegi khanegy khane khoone khune ghali ghalibafi khayati khayat daam dam dami dampezeshki golkhane
vam vaam vamha vame vamesh vamam tashilat tashilate eshteghal eshtegal edare edareh edari karmand karmandan modir modiran modirkol masool masoolin maghamat dolat vezarat vezarate vezir
bank bankha banke bankhaye zamen zamenan zamanat sefte safteh check ghest aghsat sood soud karmozd toman tomani tomane melyon milyon milion milyard miliard hezar rial riyal pool pul poul poole
mojavez mojavezha parvane sabtenam sabt nam name nameh name-e taavoni taavon taavoniha tavoni sherkat sherkate karkhane kargar kargari kargaran bikar bikari javan javanan javanha
dastetoon dastetun dast dastet dard nakone khoda khodaya khodayi khoshhal khosh khoshbakht omid omidvaram omidvarim enshallah inshallah mashallah hatman albate albatte lotf
roosta rustai roostai roostaei rustaha shahr shahrestan ostan ostane keshvar keshvare mantaghe mahale mahalle khiaban sal sale saal mah mahe rooz ruz roozha hafte emsal parsal emrooz emruz dirooz diruz farda alan alaan
zan zanan mard mardom mardome mardoma bache bacheha khanevade khanevadeh khanom agha aghaye aghayoon doost dust rafigh baradar khahar madar pedar
rast raste doroogh dorogh doroost dorost dorosti ghalat eshtebah moshkel moshkelat moshkele rahat sakht sakhte asan gerani geroon arzoon arzan ghimat mohem vaghean vaghan vaqean vagheiat haghighat haghe hagh
sharayet sharaiet madarek madrak darkhast darkhaste pasokh javab javabe porsesh soal sual so'al peygiri peigiri residegi tozih tozihat etelaat ettelaat khabar khabarha akhbar
khejalat khejalati heif hayf afarin ahsant ahsan barikalla damet damtoon garm bezan zendegi zendegie harf harfa harfe vade vadeha
nemidoonam nemidunam nemidonam midoonam midunam midonam midooni mifahmam nafahmidam fahmidam fekr mikardam delam delemoon mikhad
kojai kojaee koja'i faghat faqat dige digeh digar digari baghi baghie avval aval dovom sevom akhar akhare
chejuri bikhial bikhiyal velesh eib ayb ghabool ghabul ghabel nadare mamnoonim tamoom tamum shoro shoru edame
`);

export const englishWords = listOf(`
the of and to in is it for on with as was at be by this that from or are an have has had not but what all were when we there can your which their said if do will each how them then she many some so these would other into more her two like him time look only come its over think also back after use work first well way even new want because any give day most us good bad great nice best please thanks thank you hello hi yes no ok okay very much more less job jobs loan loans bank banks credit credits money salary pay paid payment office manager minister ministry government public news article comment comments site website web online internet link email phone mobile number call centre center service services system systems form forms file files apply application applications register registration login password user users account name address date time year years month months week day days hour free price cost tax
company companies business startup startups market marketing sale sales product products project projects plan plans program programme report reports data open source code software hardware computer laptop tablet app apps android iphone windows linux excel word power point pdf jpg png doc docx xls csv zip usb wifi sms gps html css php java python javascript google gmail telegram instagram whatsapp youtube linkedin facebook twitter samsung apple microsoft sony nokia huawei xiaomi bmw benz toyota hyundai kia peugeot pride
iso gdp vip tv cv pr hr it ict ai ui ux ceo cfo kpi b2b b2c ngo un who unesco ilo fifa eu usa uk dr mr mrs ms phd msc bsc mba md
kg km cm mm gr ml mg gb mb tb kb mhz ghz kw kwh mw hz lit ton tons meter meters hp pm am
learning teaching content creator design designer graphic photoshop illustrator autocad solidworks matlab freelance freelancer remote part full home house family social network media management development economic economy cooperative cooperatives union rural women woman youth people person team group member members training course courses class school university student students teacher art craft handicraft carpet leather wood food health insurance support help question answer problem problems solution quality standard test level base basic pro plus max mini super top high low big small long short right left up down out off
love like good luck well done keep going perfect excellent amazing happy sad sorry welcome again never always today tomorrow yesterday now here where why who whose whom than such both between under during before while about against same own just should could must may might need really still every another around however without within per via etc vs mail post search start stop end begin made make makes making take taken get got go went gone see seen know known tell told ask asked find found show shown run keep let put set try turn move play live believe bring happen write provide sit stand lose add change follow create speak read allow spend grow offer remember consider appear buy wait serve send expect build stay fall cut reach kill raise pass sell require decide pull
facility facilities approve approved approval reject rejected status tracking code id national card bill budget note act law rule rules policy notice resolution committee council board director deputy general province county city village region office branch branches interest rate fee grace term period deadline ceiling limit amount total sum share reserve quota
`);
