"""The head nouns of titles by shelf: sound, picture, photography, play and home."""

from __future__ import annotations

AUDIO = {
    "headphones": """
        headphone, over ear headphone, on ear headphone, head band headphone, stereo headphone, headband
        headphone, noise cancelling headphone, headphones head band, neckband headphone, wireless
        headphone, bluetooth headphone, dj headphone, wireless hifi headphone, hi fi headphone, folding
        headphone
    """,
    "earbuds": """
        earbud, earphone, in ear headphone, airdopes, true wireless, tws, in ear headset, neckband, in
        ear, earpod, airpods, bluetooth earphone, wired earphone, earhook headphone, clip on headphone,
        ear bud, sports headphone ear hook, wired in ear, bluetooth neckband, earclip, intra aural,
        bluetooth earpods, ear hook
    """,
    "headsets": """
        headset, bluetooth headset, mono headset, stereo headset, gaming headset, headset head band, usb
        headset, pc headset, headphones headset, cordless headset, headset ear hook, call centre headset,
        supraplus, voice tube, headset accessory
    """,
    "speakers": """
        loudspeaker, speaker set, speaker, portable speaker, bluetooth speaker, stereo portable speaker,
        pc speaker, multimedia speaker, subwoofer, computer speaker, speaker system, wireless speaker,
        tower speaker, notebook speaker, bookshelf speaker, portable speaker system, smart speaker, echo
        dot, ceiling speaker, horn speaker
    """,
    "home-cinema": """
        soundbar, home cinema, home theater, home theatre, sound bar, home theater system, home cinema
        system, dvd home theater, soundbar speaker, home theatre system, cinema system, dvd micro theater,
        micro theater, home entertainment, blu ray home
    """,
    "hi-fi-systems": """
        hi fi system, home audio set, micro hi fi, mini hi fi, micro system, mini hi fi system, micro
        music system, boombox, music system, cd soundmachine, soundmachine, hifi, mini component, stereo
        system, streamium, cd player, portable cd player, cd radio cassette, cd boombox, micro hi fi
        system, dvd micro system, cassette player, turntable, portable cd, wireless music center, cd clock
        radio, cd radio, portable mp3 cd player, cassette recorder, audio system, shelf system, radio cd,
        cd cassette
    """,
    "amplifiers": """
        amplifier, av receiver, power amplifier, mixer amplifier, preamplifier, headphone amplifier, audio
        amplifier, audio mixer, sound mixer, digital analog converter, public address, pa system, music
        receiver, bluetooth transmitter, equalizer, surround receiver, digital receiver, guitar amp,
        bluetooth receiver
    """,
    "radios": """
        radio, clock radio, portable radio, alarm clock, internet radio, digital radio, fm radio, radio
        alarm clock, dab radio, wake up light, clock, alarm radio, digital clock, wall clock, table clock,
        radio alarm, weather station
    """,
    "mp3-players": """
        mp3 mp4 player, mp3 player, mp4 player, ipod, media player gogear, mp3 video player, flash audio
        player, gogear, digital audio player, jukebox, audio player, audio video jukebox, mp3 mp4, digital
        mp3, ~walkman, portable video player
    """,
    "microphones": """
        microphone, wireless microphone, usb microphone, mic stand, lavalier microphone, condenser mic,
        corded microphone, collar mic, lavalier mic, lapel mic, microphone stand
    """,
    "docking-speakers": """
        docking speaker, docking station ipod, speaker dock, ipod dock, docking entertainment, docking
        clock radio, dock for ipod, docking entertainment system, fidelio, entertainment dock, docking
        system
    """,
    "musical-instruments": """
        guitar, ukulele, piano, keyboard piano, violin, harmonica, flute, guitar string, capo,
        synthesizer, tanpura, tabla, melodica, instrument tuner, drum stick, harmonium, plectrum, guitar
        pick, kalimba, acoustic guitar, metronome, midi keyboard, audio interface, tambourine
    """,
    "audio-accessories": """
        ear pad, earpad, headphone stand, headset stand, speaker stand, speaker mount, headphone holder,
        ear cushion, mp3 mp4 player accessory, speaker wall mount, eartip, cd mp3 cassette adapter,
        cassette adapter, pop filter, acoustic foam, boom arm, arm stand, voice amplifier, turntable
        accessory, fm transmitter, armband, foam tip, ipod accessory, headphone accessory, earphone
        splitter, wind muff, slipmat, headphone case, ear tip, earphone case, earphone cable, earbuds
        case, ipod case, mp3 mp4 player case, earphone accessory
    """,
}

VIDEO = {
    "disc-players": """
        dvd player, blu ray player, dvd blu ray player, dvd recorder, portable dvd player, dvd player
        recorder, portable dvd, dvd vcr, blu ray disc player, dvd video player, hdd dvd recorder, video
        cassette recorder, vcr, hard disk dvd recorder, dvd hard disk, disc player, dvd portable, video
        recorder
    """,
    "media-players": """
        media player, digital media player, digital media receiver, fire tv stick, streaming stick, smart
        tv box, set top media, media adapter, digital media adapter, fire tv, chromecast, multimedia
        player, wireless media, android box, tv stick, android tv box, digital av, media streamer, digital
        entertainment
    """,
    "tv-receivers": """
        set top box, tv antenna, indoor antenna, tv receiver, satellite receiver, tv set top box, digital
        receiver dvb, antenna amplifier, tv set top boxe, television antenna, dvb t, dish, indoor
        amplified, amplified antenna, television aerial, aerial, lnb, dth
    """,
    "remote-controls": """
        remote control, remote, universal remote, universal remote control, tv remote, replacement remote
        control, ac remote, pronto
    """,
    "photo-frames": """
        digital photo frame, photo frame, photoframe, digital photoframe, picture frame, digital picture
        frame, digital photo display
    """,
    "tv-furniture": """
        tv stand, tv trolley, tv furniture, wall unit, av furniture, tv cabinet, multimedia cart stand, tv
        rack
    """,
    "video-conferencing": """
        video conferencing system, video conferencing camera, video conferencing, telepresence, video
        conferencing accessory, conference camera, conferencing system, conference bar, thinksmart, smart
        display
    """,
}

PHOTO = {
    "cameras": """
        digital camera, compact camera, slr camera, mirrorless camera, bridge camera, dslr, camera kit,
        slr camera kit, action camera, instant camera, slr camera body, dslr camera, ~camera, point shoot,
        mirrorless, milc body, sports camera, ~powershot, ~coolpix, ~cybershot, ~ixus, ~eos, ~lumix,
        ~finepix, ~gopro, ~cyber shot, film camera, disposable camera, kids digital camera, camera body,
        slr body
    """,
    "camcorders": """
        camcorder, video camera, handycam, handheld camcorder, hd camcorder, camera recorder, shoulder
        camcorder
    """,
    "camera-lenses": """
        camera lens, slr telephoto lens, zoom lens, telephoto lens, macro lens, wide angle lens, slr macro
        lens, fisheye lens, ef lens, ~ef, standard zoom, slr telephoto, slr macro, slr wide, slr standard,
        telephoto zoom, slr tele zoom lens, prime lens, ef s, slr ultra wide, tilt shift lens
    """,
    "lens-accessories": """
        camera lens adapter, lens adapter, lens filter, camera lens filter, extension tube, uv filter,
        polarizer, camera filter, polarising filter, tele converter, wide converter, teleconverter,
        conversion lens, close up lens, filter holder, polarizing filter, polarizing, protection filter,
        nd filter, lens accessory, lens mount adapter, converter lens, focusing screen, skylight, teleside
        converter, eyecup, tele lens, adapter ring, wide attachment, lens dust, conversion kit, dioptric,
        dioptric adjustment lens, wide conversion, lens cap, lens hood, dust cap, gelatin filter, lens
        dust cap, protector filter, body cap, extender ef
    """,
    "camera-batteries": """
        camera camcorder battery, camera battery, camcorder battery, battery pack nb, battery pack bp,
        battery pack lp, battery grip, digital camera battery, battery pack en, camera battery pack,
        camera charger, digital camera grip, camera battery charger, lp e6, np f
    """,
    "camera-bags": """
        underwater camera housing, hand strap, camera sling, leather case for camera, camera case, camera
        bag, lens case, camera backpack, camera pouch, camera kit bag, soft case for camera, waterproof
        case, camera strap, camcorder case, underwater housing, compact case, shoulder case, lens pouch,
        neck strap, waterproof camera case, camera holster, camera soft case, camera leather case,
        carrying strap, binocular case, camera sleeve, drone bag, soft case, camera rain cover
    """,
    "tripods": """
        tripod, monopod, tripod stand, gorillapod, ball head, tripod head, tripod accessory, gimbal,
        tripod adapter, camera mount, camera slider, tripod ring, light stand, quick release plate, tripod
        mount ring, handheld gimbal, camera collar, tripod collar, camera stabilizer
    """,
    "camera-lights": """
        camera flash, speedlite, ~flash, ring light, video light, softbox, studio light, flash accessory,
        camera flash accessory, macro ring lite, led video light, photo light, macro light, diffuser,
        umbrella light, light reflector, twin lite, slave flash, compact flash light, flash diffuser,
        reflector, photo studio, flash bracket
    """,
    "camera-accessories": """
        camera accessory, shutter release, remote shutter, camera remote, camera grip, camera cable,
        remote switch, timer remote, wireless file transmitter, wireless controller camera, photographic
        equipment, backdrop, chroma, camera battery door, camera connector, remote controller rc, gopro
        accessory, camera kit accessory, green screen, memory card wallet, camera dock, interface cable
        camera, off camera, shoe cord, photo box, accessory kit, photography background, camera mount
        adapter, action camera accessory, dry box, viewfinder, magnifier, film roll, camera spare part,
        eyepiece, memory card case, angle finder
    """,
    "binoculars": """
        binocular, telescope, monocular, spotting scope, microscope, magnifying glass, night vision
    """,
    "drones": "drone, quadcopter, camera drone, quadrocopter, fpv drone",
}

PLAY = {
    "consoles": """
        game console, gaming console, playstation console, xbox console, portable game console, handheld
        console, ~playstation, ~xbox, ~nintendo switch, retro gaming console, ~ps5, ~ps4, ~wii
    """,
    "video-games": """
        video game, game for ps4, ps4 game, xbox game, ps5 game, pc game, nintendo game, game disc
    """,
    "dolls": """
        doll, doll accessory, doll clothes set, doll dress, doll travel seat, doll hair styling set, doll
        house, fashion doll, barbie, doll shoes, doll chair, doll stroller, baby annabell, baby born,
        dollhouse, chou chou, baby doll, cicciobello
    """,
    "board-games": """
        jigsaw puzzle, board game, puzzle, card game, puzzle game, playing cards, party game, learning
        game, chess, dominoes, rubik, memory game, puzzle set, jigsaw, 3d puzzle, brain teaser, quiz game,
        action board game, family game
    """,
    "craft-kits": """
        craft kit, kids craft kit, modelling clay, play dough, nail polish set, slime, coloring set, play
        set craft, colouring kit, kids craft, jewellery making, painting kit, kids modelling consumable,
        kids fashion design kit, window color, bath bomb, kinetic sand, kids knitting set, charm bracelet
    """,
    "toys": """
        motor skills toy, toy, toy car, plush, collectible playhouse, playset, stuffed animal, rc car,
        building set, building block, bath toy, ride on, toy gun, robot toy, learning toy, kids telescope,
        frisbee, toy weapon, balance bike, playground, tricycle, toy train, hot wheels, transforming,
        musical toy, magic set, plush toy, water toy, play set, educational toy, science kit, fidget, bath
        animal, soft toy, water table, collectible, toy playset, toy collectable, toy part, toy musical,
        paw patrol, hatchimal, yoyo, spinning top, activity table, mobile sandpit, hot air balloon,
        bakugan, inflatable, cycling doll, hoverboard, tech deck, action figure, toy animal, toy vehicle,
        remote control car, surprise pet, interactive pet, toy elephant, mini figure, toy dog, toy
        caterpillar, baby swing, construction toy, tennis racket, toy robot, kids scooter
    """,
}

HOME = {
    "kitchen-appliances": """
        blender, mixer, handmixer, handblender, ice crusher, toaster, kettle, electric kettle, food
        processor, juicer, deep fryer, microwave, rice cooker, grill, hand blender, sandwich maker, egg
        cooker, induction cooktop, mixer grinder, bread maker, slow cooker, ice cream maker, grinder, hand
        mixer, salt pepper grinder set, fryer, steamer food, food slicer, air fryer, electric cooker,
        waffle iron, oven toaster, chopper, barbecue, grater, lunch box, flask, food steamer, electric
        grill, water dispenser, soy milk, water filter, citrus press, popcorn, cooker, induction, mixer
        food processor accessory, table grill, coffee grinder, water purifier, food container, mug, milk
        frother, gas stove, tumbler, gas lighter, multi cooker, fondue, raclette, soup maker, knife
        sharpener, vacuum sealer, ice cube maker, can opener, bottle warmer, wine cooler, pasta maker,
        blender jar, juicer accessory, kitchen scale, blender accessory, kitchen tool, juice extractor,
        otg oven, kitchen household, water bottle, vacuum flask
    """,
    "coffee-machines": """
        coffee maker, coffee machine, espresso machine, drip coffee maker, pod coffee machine, espresso
        maker, coffee pod system, coffeemaker, coffee maker part accessory, coffee maker accessory, drip
        coffee, senseo, coffee filter, pod coffee, pod holder, milk container, coffee pod, coffee
    """,
    "large-appliances": """
        washing machine, dishwasher, refrigerator, fridge, freezer, hob, cooker hood, tumble dryer,
        freestanding cooker, fridge freezer, fridge part accessory, dryer, washer dryer, chimney, range
        cooker, gas hob, ice maker, combi fridge, kitchen hood, washing machine stand, wine fridge, built
        in oven, washing machine cover, microwave oven, ~freestanding front load
    """,
    "vacuum-cleaners": """
        vacuum cleaner, handheld vacuum, vacuum, vacuum accessory, robot vacuum, stick vacuum, exhaust
        filter, vacuum supply, vacuum cleaner accessory, steam cleaner, turbo brush, hepa filter, filter
        set vacuum, motor filter, nozzle, vacuum accessory supply, floor cleaner, vacuum cleaner filter,
        dust bag, s bag, vacuum cleaner bag, steam mop
    """,
    "irons": """
        iron, steam iron, garment steamer, ironing board, sewing machine, steam ironing station, fabric
        shaver, steam generator, lint remover, dry iron, pressurised steam, steam press, ironing, fabric
        steamer, cordless iron, anti calc, ironing board cover, descaler
    """,
    "climate": """
        fan heater, air conditioner, heater, air purifier, humidifier, dehumidifier, ceiling fan, table
        fan, room heater, pedestal fan, split ac, cooler air, air cooler, tower fan, exhaust fan, geyser,
        water heater, electric blanket, household fan, hand fan, usb fan, electric space heater,
        thermostat, air conditioner accessory, ionizer, air ionizer, portable fan, oil radiator, diffuser
        aroma, aroma diffuser
    """,
    "personal-care": """
        epilator, shaver, hair dryer, trimmer, toothbrush, electric toothbrush, hair straightener, hair
        clipper, beard trimmer, electric shaver, hair trimmer, ladyshaver, hair curler, oral irrigator,
        men shaver, shaving head, toothbrush head, women shaver, hair stylers, hair trimmer clipper,
        beauty, body groom, straightener, curling iron, brush head, hairdryer, facial, razor, shaving,
        satinelle, perfume, cordless oral irrigator, silkepil, cosmetic, bodygroom, oral care, airstyler,
        styler, coolskin, philishave, sonicare, shampoo, foot file, face cleanser, makeup, make up,
        grooming, sunlamp, solarium, tanning, ipl, hair removal, stretch brush, intimate, hair styling
        tool, shaver accessory, ~silk epil, hot air brush, ~8000 series activator
    """,
    "health-devices": """
        blood pressure, thermometer, pulse oximeter, glucometer, oximeter, nebulizer, blood pressure unit,
        digital thermometer, infrared lamp, stethoscope, hearing aid, energylight, light therapy, first
        aid, infraphil, posture, pedometer, hand sanitizer, sanitizer, respiratory, uv sterilizer,
        sterilizer, gloves, body fat, defibrillator, heartstart, knee support, bp monitor, electric
        massager, digital bmi, safety goggle, weighing scale, personal scale, massager, bathroom scale,
        heart rate, body scale, face mask, massage
    """,
    "baby-care": """
        baby monitor, bottle steriliser, pacifier, soother, baby bath, diaper, baby care, baby food,
        breast pad, avent, bottle teat, drinking cup, toddler cup, teat, baby swing seat, nappy, steam
        steriliser, magic cup, breast pump accessory, baby bottle, breast pump, feeding bottle, baby
        thermometer, sterilizer bottle, feeding cup, manual breast pump, baby hygiene
    """,
    "lighting": """
        light bulb, led lamp, halogen bulb, led bulb, car light bulb, headlight bulb, flashlight, torch,
        desk lamp, fluorescent, table lamp, led strip, lantern, car light, ceiling lighting, led light,
        energy saving lamp, wall lighting, emergency light, night light, study lamp, lightbulb, solar
        light, spotlight, led flood, luminaire, lamp holder, table lighting, suspension lighting, bulb,
        type of lamp, lighting, smart bulb, diwali light, floor lighting, floor lamp, rice light, ambience
        light, livingcolors, work light, convenience lighting, fairy light, lamps, tube light, halogen
        lamp, incandescent, compact fluorescent, string light, strip light, star light, signal lamp, fog
        lamp, headlamp, candles, halogen spot, ~spot, led spot
    """,
    "smart-home": """
        smart plug, smart home, smart switch wifi, doorbell, video doorbell, smart lock, door lock,
        intercom, smart light, smart hub, video door phone, smart wifi, motion detector, smoke detector,
        smart thermostat, alarm system, security alarm, smart ir, wifi switch, door entry, smart home
        multi, wireless doorbell, access control, burglar alarm, alarm, control hub, gas detector,
        security system, home automation, magnetic sensor, door sensor, power meter, dimmer, energy meter,
        remote key, intercom system, socket, smart socket, door phone, electrical timer, fingerprint lock
    """,
    "home-accessories": """
        bedsheet, cushion, curtain, towel, umbrella, pillow, key chain, keychain, wall sticker, decal,
        organiser, storage hook, wall decal, poster, carpet, clothes hanger, gift box, mosquito, bucket,
        wall hanging, showpiece, photo clip, statue, doormat, blanket, stand holder, wallet, sunglass,
        sunglasses, mattress, bottle opener, hanger, fly swatter, insect killer, tissue, rug, perfume
        dispenser, balloon, dust cover, bike cover, car cover, scooty cover, body cover, table cover
    """,
    "bags": """
        backpack, duffel, travel luggage, suitcase, purse, gadget organizer, crossbody, equipment case,
        trolley bag, rucksack, travel bag, carry bag, organizer bag, handbag, school bag, hard case, tote,
        waist bag, sling bag, travel organizer, transport case, carrying case, carry case, flight case,
        carrying bag, sling, travel pouch, storage case, tool case, passport holder, laptop rucksack, bag,
        case, pouch, ~sleeve, ~cover
    """,
    "outdoor": """
        garden, lawn, lawn mower, pressure washer, trimmer garden, preformed pond, pond, bicycle, bicycle
        carrier, camping, tent, bike, cycling, hose, high pressure cleaner, brush cutter, leaf blower,
        chain saw, bicycle accessory, barbecue grill, aquarium, cat food, dog
    """,
    "tools": """
        screwdriver, drill, tool kit, tool set, screwdriver set, multimeter, soldering iron, measuring
        tape, wrench, glue gun, heat gun, hammer, laser level, angle meter, multi tester, plier,
        breadboard, arduino, raspberry pi, resistor, development board, relay module, led module, sensor
        module, jumper wire, soldering, pcb, distance meter, magnifier lamp, battery holder, micro
        controller, tweezers, saw, inspection camera, esp32, capacitor, transistor, diode, esp8266,
        solder, step down, bms, potentiometer, mechanical tool, electronic kit, dc motor, buck converter,
        computer tool kit, fingerprint reader kit
    """,
    "car-electronics": """
        car media receiver, car stereo, car audio, car speaker, car amplifier, car kit, car subwoofer,
        dash camera, car inverter, car antenna, car radio, car dvd, car vacuum, tyre inflator, air
        compressor, car charger kit, car seat, motorcycle, car fm, dvd receiver, receiver car, reversing,
        parking sensor, car receiver, helmet, tyre, car accessory, car perfume, jump starter, wiper, wiper
        blade, car cd, car video, bluetooth car kit, car monitor, bike horn, hands free car kit
    """,
}
