/** English words as people write them about technical things, the commonest first. */
export const vocabulary: readonly string[] = `
  the and to for is of in be with that on this or as are not will by can from an use it you if all any when using
  which used have only file should following also at version so more other set has one no invoice your do example
  package new invoices but code default into may refund value string object like support refunds run function then
  same instead payment without than module does files payments they options type see each router option make name need
  up printer its values project number these printers such error must before current shipment available there them
  work was shipping where create their some about parcel provided command given list want warranty source data first
  information test renewal add both after return method cancel multiple specified would via changes cancelled always
  time being while either billing different array property been passed bill section environment contains output based
  receipt supported order path directory returns receipts format names change case result contract what way argument
  get including customer out process single just specific customers how running within uses called colleague instance
  tests types two above manager update behavior optional true dependencies office install line pass defined still
  phone methods properties library added include telephone useful through most full we calendar functions directly
  allows over well meeting versions possible were own errors backup call even objects request check battery arguments
  build input provides found keyboard custom returned between cases flag laptop description part class allow required
  tablet written because user rather otherwise screen details those remove already under monitor mode against provide
  release included cable below every context itself whether adapter open things setting means packages wireless
  strings enabled might read created bluetooth could empty copy exported times firmware done end global valid supports
  reboot performance existing key false additional signature system cannot explicitly security message attachment
  start cause once point now attachments standard unless modules exist installed spreadsheet main access publish
  containing script dashboard event dependency usage avoid browser permission working updated field text variable
  permissions removed parsing characters many another account since configured match needed users accounts generated
  results null during keys subscription currently title common root local subscriptions issue contain write longer
  back discount boolean commands fix modify creating price regular includes specify parameter server prices works here
  never requests simple currency features level sure ensure calls euro similar second require character calling tax
  generate associated status special folder address throw matching considered made entry addresses defaults named link
  until very delivery find prevent yet report last courier inside original takes our recommended warehouse handle
  internal expected enable systems stock feature parent thrown software present orders runs necessary document passing
  take basket size makes patterns registry requires voucher missing future reference ignore please coupon state re
  built certain much webhook handling events parameters header application login free memory constructor scripts
  equivalent logout conditions form anything web exists reset various issues next child rule locked invalid examples
  relative appropriate tree unlock processes place disable index correct twice interface base definitions operation
  individual monday deprecated variables matches accepts development tuesday help workspaces documented changed
  something wednesday elements pattern better adding keep thursday intended execution coverage binary notice friday
  replace apply entries parse long yesterday related fails core client look tomorrow per able previous least limit
  morning ignored across several allowed runtime afternoon syntax needs follows promise addition evening complete
  content likely outside around urgent resolved rules repository response actions kindly less control regardless
  implement actually regards element good native public page hello scope classes flags follow bug sincerely top spec
  fail treated too appreciate except paths particular undefined parsed attached writing testing warnings installation
  stream screenshot best prefix location few instances screenshots described due none normal contents video subject
  network parser immediately docs audio tools specifying warning separate override microphone depending accept resolve
  operations actual camera strict usually commit utility exact speaker resulting large applications browsers old
  headset compatible doing merge later explicit vpn references platform latest cache structure firewall effect exactly
  right debugging whose proxy protocol fields program underlying range gateway simply determine sets tag encoding
  antenna checks try note important enables modem reason properly having maximum execute sensor messages omitted
  length designed improve outage along directories numbers typically incident exception export map libraries making
  maintenance applied license configure know copies downtime load disabled consider creates lines slow known lists
  entire handler initial sluggish alternative replaced three private checking freezes extension listed sent resources
  pull frozen language import escape codes extra flickers started headers projects port changing crashes host exports
  copyright enough crashed items failure however connection depends reinstall relevant generally style updates raw
  reinstalled small receive maintainers compiled loop reinstalling emitted close target shared loaded spam executed
  expression representing attempt equal mailbox nested published exit block stop inbox ways again resolution define
  manually outbox item bytes linked purpose adds newsletter correctly modified gets go reading unsubscribe terms
  returning refer exposes implemented duplicate comes easy filtering integer perform merged print installing
  completely accessed environments wrong operate faster buffer according though incorrect side identifier synchronous
  validation who broken stack together socket meaning indicate faulty send invoked general providing limitation
  defective space arrays convert clear engine damaged logic else processing applies handled scratched absolute fully
  show alias step replacement production prior basic wait fast technician algorithm nothing differences giving
  engineer amount distribution down active performed visit workspace often converted distribute further appointment
  supplied affect left occur throws schedule final metadata major reports direct rescheduled produce tool greater
  represents optionally postponed accepted resolves unique terminal deal quota care body previously higher bugs
  storage extensions external shows exposed off migration appear easier releases creation building employee arbitrary
  implements numeric streams resolving employees selecting operating older followed choose department allowing reasons
  mechanism minimum milliseconds accounting guide approach registered difference expressions sales trailing components
  problem appears people marketing detailed steps asynchronous emit unaware supplier executable notable bound wish
  rights vendor plain date stored sources settings partner indicates links continue share timeout reseller had comment
  granted fixes static turn legacy real occurs problems received builds fixed template maintained words clone whole
  ones specifically limited expect leading lifecycle starting internally tell query experimental potentially action
  printed platforms put pending badge token matched starts thing restriction verify fallback overridden give assigned
  listener trace causes requested brand failed signal altogether apps generating connections remote extend helps
  definition ecosystem store causing filename safe logging removes log upon silently track points handlers peer
  loading search manner folders domain potential closed writes everything modern chain normally comparison generates
  entirely website disk subsequent expose wrapper view lead cached collection shown installs probably come literal
  permit processed receives preferred skip fact unknown rejected tested disallows person filter whenever especially
  ability begin why shell team purposes component group whom console requirements obtaining companies wrap hash
  handles extended attempts recommend bit taking specifies reported consistent branch happens receiving defining
  developers publishing exits subset debug released formats taken completed primary zero attributes depend indicating
  easily practice setup count detect significant pages mean switch precedence guaranteed trigger abort my looks
  negative breaking persons encoded split thread determined ensures lookup opening attribute successfully clean thus
  display connect sequence hooks keeps resource password represent move policy looking spaces sense parts prefixed
  force position mapping pairs delete skipped speed treat wrapped charge hook generator happen listeners strategy
  patch generic beginning reduce id perf manage queue others saving short download rely strictly ends exceptions
  reserved hard identical distributed going remain table forms authors validate dynamic keyword tracking workflow kind
  respectively become remaining flow overhead session history window bundled ready listen email ever formatting
  overrides separated situations prefer really whatever catch contained high unnecessary affects secure compile
  seconds contributors impact stable failures recent connected suite tracker accessible net introduced helper
  convenience reads licensing waiting parallel readable pair total emits windows channel maintaining origin
  interpreted worker discussion proper promises man rest tokens smaller namespace automatic break assume earlier
  comments goal describes crash becomes blocks choice upgrade servers idea trying mark covered think larger caching
  desired model destination slower checked scoped fetch statement operator passes defines leave detection programs
  managed instructions generation occurred complex regression member let almost copied meant scenarios responses ask
  official strongly prompt typical symbol permitted manual threads effort contribute closing behave nor appended word
  incoming safely stores design removing members declared reject contexts condition finish adheres reuse finished
  opened throwing effects involved primarily suitable graph minor prevents priority tags bypass omit successful
  improvements groups ranges wrapping identify plus moved recursively mostly four getting therefore executing
  represented community unit performs positive third affected understand lower me utilities framework refers attacks
  management suffix languages deprecation maintain descriptor aware plugin submit neither developer yourself byte
  assurances sustainable reflect forward helpful questions constructors success duration configurable limits dependent
  drop structures low fine gives far hand app cleanup crypto extends globally necessarily achieve trust interfaces
  writable early detected executables sending declaration conversion render depth hidden edge whitespace deep plan
  delay timing iteration notes compare frame supporting welcome reporting combination imports extending binding leak
  produced integration goes clients machine push risk record sections review marked pipe templates architecture save
  beyond sockets construct locally conflict identified course preserved respect column separator retrieve requirement
  records register solution benchmarks popular great encountered keywords shorthand scopes targets keeping constant
  lot say color aliases begins inspect failing describe assert site service constructed summary efficient learn
  sharing binaries experience specifier located fork tries certificate little aborted alongside situation discouraged
  wildcard edit maps replacing sort differ pool buffers formatted double backwards symbols plugins overriding anywhere
  caused conditional label guidelines themselves effective possibly abstract behaviors quite portion displayed
  snapshot saved loads typed compilation meaningful transform progress destroyed identity acceptable encodings caller
  layer concept implicitly newer layout suppress mechanisms established initialized question invoke fetched big
  triggered recently requiring tells downloading internals listing inherits behind runtimes independent combined chunk
  locations listening normalized ensuring task deleted upstream media answer exceeded exclude quickly services
  unexpected bindings conflicting duplicated statements garbage behaviour kinds outputs disables assumed minimal
  assuming bad chat consume blocked tasks standalone random mind terminate payload sends imported inverse customize
  bits enforce newly descriptors reached submitted soon ignoring benefits guess honored packed approved cut escaped
  consult shape colors downloads overwrite overwritten notation mix width completion inline circular equality quotes
  advanced complicated sometimes excluding executes behaves places contribution individuals produces levels derived
  bump primitive updating sensitive met careful indexes machines effectively enabling describing visible evaluated
  warn endpoint stay interact rejects migrate usual blocking programming invocation malicious satisfy scheduled mapped
  sign encode attempting incomplete globals existence favor operates post compiling organization particularly rebuild
  patches namespaces capture simplify slightly conventions kept bundle semantics restore concurrent consists parses
  past columns improved repeated converting schema inherited logs stuff period identifiers lack comma signatures
  branches incorrectly bind ongoing sponsors interval modification thanks inputs referenced factory scheme bring heap
  recursive analysis naming performing attach isolated traces live background truncated extract unused workflows
  algorithms integrity opposed removal basis assign reach act compared sequences foreground convenient historical
  world accessing fatal accordingly retrieved signals introduce modifying stops assertion styles said debugger lets
  placed modes preceding segment expanded minutes declarations dropped caution overall embedded inclusive backward
  convention provider unsupported trusted days licensed fall rename prints variant queries natively serves distinct
  runner computed exclusive widely introduces loader conflicts enforces pipeline compression cover cycle destroy
  pretty controlled someone mentioned exceeds decode decoding moment hostname limitations locale cluster username
  registries responsible commonly seen linking asking sub literals distinguish differently offset fresh symbolic retry
  basically contributing enterprise reviewing accurate nature applying emitting relying decide implementing compiler
  inherit agent engines challenge increase completes append supply quick overview scenario activity diff concurrently
  structured displays rejection importing audit chosen dynamically renamed threshold shallow outdated variety infinite
  presence remains managing refactor opaque specifiers startup timers similarly vulnerable achieved codebase allocated
  optimized statistics consumed explaining temporary turned family confusion terminated physically depended queued
  issued image signed styling tagged ending critical confusing benchmark lightweight subclass among corresponds
  excluded equals join manipulate tab converts respective splitting construction associate ordering comparing
  traversal performant commercial anyone standards verb party online reasonable accepting factor extracted storing
  onto relies
`
  .trim()
  .split(/\s+/);
