"""Passwords that are guessed first: common words in disguise, runs on the keyboard, repetitions."""

import re

WORDS = frozenset(
    """
    aardvark abcd access account action adidas admin adminadmin administrator adrian airborne
    airforce airplane alaska alejandro alexander alexandra alexis alfred allison amanda america
    american amsterdam anderson andrea andrew angel angelina angels animal anthony antonio
    anything apache apollo apple apples arizona arsenal arthur ashley assassin asshole athena
    atlanta atlantis august aurora austin avatar awesome azerty babygirl babylon badboy badger
    bailey baller banana bandit barbara barbie barcelona barney baseball basketball bastard
    batman beauty beaver beavis beheer beheerder bella benjamin berlin bigboy bigdaddy bigdog
    bigfoot billybob birthday bishop bitch black blackcat blackdog blahblah blaster blazer
    blessed blizzard blonde blondie bluebird bluemoon bobafett bobcat bollocks bonnie booboo
    boomer boston bowling brandon brandy braves brazil brian britney brittany bronco broncos
    brooklyn brother brownie bruins bubba bubble bubbles buckeyes buddha buddy budlight buffalo
    bulldog bulldogs bullshit business buster butter butterfly cadillac caesar california calvin
    camaro cameron canada cancer candy cannon capital captain cardinal carlos carmen carolina
    caroline carter cartman casino casper castle catdog catfish cavalier celtic champion chance
    chandler change changeme charger charles charlie charlotte cheese chelsea cherokee cherry
    chester chevelle chevy cheyenne chicago chicken chiefs chocolade chocolate chris chrissy
    christ christian christine classic claudia clinton cobra cocacola coffee college colors
    compaq computer concrete connie control cookie cookies cooper copper corona corvette country
    courtney cowboy coyote cracker creative cricket cristina crystal curtis daisy dakota dallas
    daniel danielle darkness darkside darkstar debbie december default defender delete demo
    denise dennis design destiny detroit devildog dexter diablo diamond diesel digital disney
    doctor dodgers dollar dolphin domino donald donkey douglas dragon dreams driver drowssap
    drpepper drummer eagle eagles eclipse edward eindhoven einstein electric elephant elizabet
    elizabeth emerald eminem engineer england enigma enjoy everton explorer express extreme
    facebook falcon familie family fantasy farmer father feijenoord fender fernando ferrari
    feyenoord fireball firebird fisher fishing florida flower flowers fluffy foobar football
    forest forever france francis frankie franklin freaky freddie freddy freedom freeman
    freepass friday friend friends fuckoff fuckyou future gabriel galaxy gandalf garcia garden
    garfield gateway gators geheim geheimpje gemini general genesis genius george germany
    geronimo gfhjkm giants ginger giovanni girls goddess godzilla goedemorgen goldberg golden
    goldfish golf golfer google green greenday gregory guest guinness guitar gunner hacker hallo
    hallohallo halloween hamilton hamlet hammer hamster hannah happy hardcore harley harrison
    harvey hawaii hawkeye heather heaven heineken hello helloworld helpme hercules herfst herman
    highland hockey holiday holland hollywood homer honey hongkong hornet horses hotdog hotrod
    hotstuff hottie howard hunter hunting icecream iceman iloveu iloveyou immortal impala
    indiana indians infantry infinity insane internet ironman isabelle jackass jackie jackson
    jaguar james january jasmine jason jasper jennifer jeremy jerome jessica jessie jesus johan
    john johnny johnson joker jonathan jordan joseph joshua julian jungle junior jupiter justin
    juventus kaneel karate katana kathleen kawasaki kelly kenneth kerstmis kevin killer kimberly
    kingdom kingkong kissme kitten kitty klant klanten klaver knight konijn kristen lacrosse
    ladybug lakers lasvegas laura lauren lawrence leather legend lente leonardo lesbian leslie
    letmein leukste liberty liefde lieverd lifehack lincoln lindsay liquid liverpool lizard
    logitech lolita lollipop london lonewolf longhorn loser louise love lovely loveme lover
    lovers loveyou lucifer lucky maandag machine maddog madison madman madonna maggie magic
    magnum maiden malibu manager manchester manson marathon marcus margaret marina marine
    marlboro marley marshall martin marvin maryjane master matrix matthew maverick maximus
    maxwell megadeth melanie melissa member memphis mercedes mercury merlin metallica mexico
    michael michele michelle michigan mickey microsoft midnight miller minecraft miranda
    mistress mitchell monday money mongoose monica monkey monster montana montreal morgan
    morpheus morris morrison mother motorola mountain mozart muffin murphy mushroom music
    mustang mylove napoleon naruto nascar natalie natasha nathan nederland nelson nemesis
    network newport newton newyork nicholas nicole nijntje nikita ninja nintendo nirvana nissan
    norman norton nothing november oliver olivia online opensesame orange oranje orlando oscar
    outlaw overlord pacific packard packers pakistan paladin pamela panasonic pandora pantera
    panther paradise paris parker pascal passion passpass passport passw password passwort
    patches patricia patrick patriot pavilion peaches peanut pegasus pencil penguin pepper
    perfect personal peter phantom phoenix piglet pikachu pioneer pizza plastic platinum playboy
    player please pokemon polaris police pontiac poohbear pookie poopoo popcorn popeye porsche
    portugal postcode potato potter power precious predator prelude presario prince princess
    private pumpkin punkrock purple pyramid qazwsx rabbit racecar rachel racing raiders rainbow
    random ranger rangers raptor rascal raven raymond reaper rebecca redhead redneck redskins
    redsox redwings remember renegade richard robbie robert roberto robinson rocket rockstar
    rocky rolltide ronaldo rooster rosebud rotterdam runner rush russia sabrina sailor samantha
    samson samsung samuel samurai sander sandman sandra saturn savage savannah scarface school
    scooby scooter scorpio scorpion scotland scott scotty seattle sebastian secret security
    semperfi september serenity sergey server service shadow shaggy shamrock shannon sharon
    shelby sherlock shooter shorty shotgun showtime siemens sierra silver simone simple simpson
    simpsons single sinterklaas sister skater skipper skippy skittles skywalker slayer slipknot
    smiley smokey snake snickers sniper snoopy snowball snowman soccer softball soldier sophie
    spanky sparky spartan special speedy spencer spider spiderman spirit sponge spongebob spooky
    spring squirrel stalker stallion standard stanley starcraft stardust stargate startrek
    starwars stealth steelers stefan stella stephanie stephen sterling sterren steven stewart
    stinger stingray stocking storm stormy strawberry street strike student stupid subaru
    sublime success sugar summer sunday sunflower sunrise sunset sunshine superfly superman
    superstar support surfer suzuki svetlana sweetie sweetpea swimming swordfish sydney system
    target tattoo taylor teacher techno temp tennis terminator test tester testing testtest
    thailand thomas thuglife thumper thunder tiffany tiger tigers tijger timber titanic toegang
    tomcat tomorrow tomtom topgun tornado toronto toshiba tottenham toyota transam travel travis
    trevor trigger trinity trombone trooper trouble trucker trucks trustno tucker turtle tweety
    twilight ultimate unicorn united utrecht vakantie valentina valerie vampire vanessa verbatim
    vergeten veronica victor victoria victory viking vincent viper virgin virginia vladimir
    voetbal vogels voodoo voorjaar voyager vrijdag wachtwoord walker wallace walter warcraft
    warrior welcome welkom werewolf western westside whatever whiskey whitney whynot wicked
    wildcat wildcats wilhelm william willow wilson windows winner winston winter wizard wolfgang
    wolfpack wolverine wolves wonder woody wordpass wrangler xavier yamaha yankee yankees yellow
    zachary zeppelin zomer zonnebloem zwanger
    """.split()  # noqa: SIM905 -- reads better than a list
)

_RUNS = (
    "abcdefghijklmnopqrstuvwxyzabc",
    "01234567890123456789",
    "98765432109876543210",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujm",
    "!@#$%^&*()",
)
_DISGUISES = str.maketrans("013457@$!", "oleastasi")


def is_common(password: str) -> bool:
    """Whether guessing programs try this password among their first thousands.

    Capitals, figures and marks around a word and letters replaced by figures do not help.

    Example:
        >>> [is_common(p) for p in ("Welkom2024!", "P@ssw0rd", "aaaaaaaa", "qwerty1234")]
        [True, True, True, True]
        >>> is_common("vier blauwe fietsen")
        False
    """
    plain = password.casefold().replace(" ", "")
    if _is_repetition(plain) or _is_of_runs(plain) or _is_short_number(plain):
        return True
    word = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)
    readings = {plain, word, plain.translate(_DISGUISES), word.translate(_DISGUISES)}
    return any(reading in WORDS or _is_twice_a_word(reading) for reading in readings)


def _is_short_number(text: str) -> bool:
    """Whether it is a date, a telephone number or a pattern on a number pad."""
    return text.isdigit() and len(text) <= 12  # noqa: PLR2004 -- as long as such numbers are


def _is_repetition(text: str) -> bool:
    """Whether it is up to four letters, again and again."""
    return re.fullmatch(r"(.{1,4}?)\1+.{0,2}", text) is not None


def _is_of_runs(text: str) -> bool:
    """Whether it is nothing but runs of three keys or more, up or down, and a figure or two."""
    rest = text
    while len(rest) > 2:  # noqa: PLR2004 -- what is left over may be "1" or "01"
        n = max((n for n in range(3, len(rest) + 1) if _is_run(rest[:n])), default=0)
        if not n:
            return False
        rest = rest[n:]
    return not rest or rest.isdigit()


def _is_run(text: str) -> bool:
    """Whether these keys follow each other."""
    return any(text in run or text in run[::-1] for run in _RUNS)


def _is_twice_a_word(text: str) -> bool:
    """Whether it is two common words, or one with figures inside: love4ever."""
    parts = [part for part in re.split(r"\d+", text) if part]
    return len(parts) > 1 and all(part in WORDS or len(part) < 3 for part in parts)  # noqa: PLR2004
