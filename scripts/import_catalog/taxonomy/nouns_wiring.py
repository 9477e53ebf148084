"""The head nouns of titles by shelf: cables, power, racks and the office."""

from __future__ import annotations

CABLES = {
    "network-cables": """
        networking cable, patch cable, network cable, patch cord, ethernet cable, utp cable, crossover
        cable, lan cable, patchcord, patch lead, rj45 cable, patchcable, patchkabel, cat6 cable, cat5e
        cable, network patch cable, cat6 patch, cat5e patch, cat5 cable, installation cable, bulk cable,
        cat6a cable, ~cat5e, ~cat6, ~cat5, ~cat6a, ~cat7, loopback cable, snagless patch, ~utp, ~rj45,
        rollover cable, console cable
    """,
    "fibre-optic-cables": """
        fibre optic cable, fiber optic cable, fiber patch cable, fibre patch cable, fiber cable, fibre
        cable, fiber patch, fiber jumper, fibre channel cable, fiber optic patch cable, fiber optic patch,
        multimode fiber, singlemode fiber, single mode fiber, fibre patch, mode conditioning, fibre optic,
        fiber channel cable, fibre lead, mpo cable, mtp cable, fiber optic, multimode duplex, singlemode
        duplex, simplex fiber, optical fibre
    """,
    "audio-cables": """
        audio cable, stereo cable, rca cable, speaker cable, headphone cable, toslink cable, optical audio
        cable, microphone cable, aux cable, audio video cable, mono cable, stereo audio cable, digital
        audio cable, speaker wire, audio extension cable, stereo audio, y cable, rca audio, optical
        digital, toslink, xlr cable, audio lead, stereo splitter, digital coax audio, headphone splitter,
        subwoofer cable, interconnect cable, stereo audio y cable, auxiliary cable, audio y cable, phono
        cable, instrument cable, audio splitter, stereo y, rca plug, guitar cable
    """,
    "video-cables": """
        vga cable, hdmi cable, dvi cable, displayport cable, monitor cable, video cable, svga cable,
        composite video cable, component ypbpr video cable, component video cable, s video cable, scart
        cable, dms 59, dvi d cable, video adapter cable, display cable, vga extension cable, dvi i cable,
        composite cable, hdmi dvi cable, mini displayport cable, svga monitor cable, video extension
        cable, vga monitor cable, component video, s video, uxga cable, hd15 cable, qxga cable, hdmi to
        dvi, projector cable, rgb cable, dvi extension cable, video splitter cable, hdmi extension, scart,
        composite video, lfh 59, bnc cable, dual link cable, monitor extension, video adapter, hdmi micro,
        hdmi extension cable, dvi vga cable, vga extension, mhl cable, hdmi ethernet
    """,
    "usb-cables": """
        usb cable, usb extension cable, usb a cable, usb 2 0 cable, usb 3 0 cable, usb c cable, usb
        extension, usb device cable, usb data cable, micro usb cable, mini usb cable, usb type c cable,
        active extension cable, usb y cable, usb lead, thunderbolt cable, data cable, lightning cable,
        type c cable, usb active extension, usb printer cable, usb data transfer, hi speed usb, usb patch
        cable, usb superbooster, sync cable
    """,
    "charging-cables": """
        charging cable, charge cable, fast charging cable, charge sync cable, charger cable, usb charging,
        charging cord, data sync cable, fast charging type c, data and charging
    """,
    "power-cables": """
        power cable, power cord, power lead, extension cord, power extension cord, iec cable, ac cable,
        c13 cable, power adapter cord, power splitter cable, power y cable, jumper cord, power extension
        cable, line cord, mains cable, universal power cord, power adapter cable, sata power, molex,
        internal power, power jumper, power whip, ac power cord, y splitter power, power cord extension,
        internal power cable, power connector cable, dc cable, mains lead, battery cable, lead cable,
        transformer cord
    """,
    "serial-cables": """
        serial cable, parallel cable, printer cable, rs232 cable, rs 232 cable, db9 cable, db25 cable,
        keyboard cable, mouse cable, ieee 1284, parallel printer cable, serial extension, null modem, ieee
        1284 cable, keyboard extension, mouse extension, serial null modem, ps2 cable, serial rs232, db9,
        hpib cable, gpib cable, serial data cable, file transfer cable, ps 2 extension, keyboard mouse
        cable, d sub cable, mouse keyboard cable, rs422, serial modem, barcode reader accessory cable,
        null modem cable, ps 2 cable, cisco console
    """,
    "storage-cables": """
        sata cable, scsi cable, sas cable, serial ata cable, ide cable, serial attached scsi, esata cable,
        serial attached scsi sas cable, floppy cable, mini sas, infiniband cable, ultra ata, ata cable,
        hard drive cable, serial ata device, serial ata, raid cable, esata, floppy drive cable,
        infiniband, internal cable, ultra160, vhdci, external serial ata, internal serial ata, round
        cable, data cable sata, internal sas, internal sata, drive cable, ide drive cable, scsi 3, scsi 2,
        scsi 1, sfp twinax, direct attach, direct attach cable, cx4, ultra320, scsi terminator, ribbon
        cable, mini sas cable
    """,
    "kvm-cables": """
        kvm cable, kvm cable kit, switch cable kit, console cable kit, kvm adapter, server interface
        module
    """,
    "coaxial-cables": """
        coaxial cable, coax cable, f type cable, rg59, rg6, rg58, bnc coax, tv antenna cable, f type
        coaxial, coax video cable, antenna lead, bnc video, rf cable, quad shield, tv cable, f type, coax
    """,
    "firewire-cables": "firewire cable, ieee 1394 cable, ieee 1394, firewire, ilink",
    "phone-cables": """
        telephone cable, phone cable, rj11 cable, telephone extension, telephone cord, modular cable,
        handset cable, handset cord, telephone lead, rj11, telephone line cable, rj12, rj11 modular,
        telephone modem cable, telephone splitter, dsl cable
    """,
    "cable-adapters": """
        ~coupler, usb to ps 2 adapter, ~loopback, cable interface gender adapter, gender changer, gender
        adapter, cable gender changer, video cable adapter, adapter cable, adapter connector, ~adapter,
        converter cable, usb to serial adapter, usb serial adapter, port saver, cable adapter, dvi
        adapter, hdmi adapter, vga adapter, audio adapter, null modem adapter, usb adapter, usb to serial,
        serial adapter, displayport adapter, ps 2 adapter, mouse adapter, usb to parallel, ide adapter,
        sata adapter, drive adapter, usb to ide, usb to sata, modular adapter, rca adapter, interface
        adapter, usb to ps 2, scart adapter, f adapter, inline coupler, db9 adapter, keyboard adapter, dvi
        vga adapter, dongle cable, auxiliary adapter, extension adapter, video converter adapter, usb
        parallel printer, usb to ethernet, vga converter, usb to vga, hdmi to vga, multiport adapter, usb
        graphics adapter, changer, serial converter, rs232 converter, interface converter, usb video
        adapter, serial to usb, db25 adapter, adapter plug, travel adapter cable
    """,
    "signal-extenders": """
        video splitter, vga splitter, hdmi splitter, hdmi switch, video switch, av extender, video
        extender, vga extender, audio extender, console extender video, video converter, signal converter,
        vga switch, dvi switch, dvi splitter, usb extender, video distribution, av receiver extender,
        video converter with audio, audio video switch, monitor splitter, av matrix switcher, signal
        booster, hdmi extender, dvi extender, port splitter, audio switch, component extender, video
        signal converter, video booster, ir extender, ir repeater, serial extender, serial isolator, rs485
        converter, rs232 to rs485, video balun, balun, signal amplifier, matrix switch, scan converter,
        component switch, displayport splitter, monitor switch, video selector, hdmi audio, scaler, serial
        repeater, way splitter, cable splitter, splitter, selector switch, console receiver, audio
        converter, vga receiver, hdmi converter, interface cards adapter video, receiver vga, vga console
        extender, hdmi receiver, hdmi selector, remote repeater, surge protector serial, signal cable,
        video transmitter, video signal amplifier, av transmitter, vga amplifier, vga transmitter, vga
        broadcaster, ~triplehead2go, ~dualhead2go, av transmitter receiver
    """,
    "connectors": """
        wire connector, connector, crimp connector, plug rj45, f connector, terminal block, terminator
        bnc, electrical connector, db9 connector, mounting screw, rca connector, jack screw, thumbscrew,
        connector hood, pin plug, modular plug, rj45 plug, rj45 connector, d sub housing, bnc connector,
        connector boot, strain relief
    """,
    "cable-management": """
        cable tie, cable clamp, cable management, cable protector, cable organiser, cable organizer,
        velcro, raceway, cable sock, cable marker, cable clip, cable gland, cable holder, wire management,
        cable guide, cable ladder, hook and loop, cable fixing, wiring grommet, cable routing, cable
        concealer, cable tray, cable duct, cable manager, spiral wrap, cable sleeve, cable wrap, cable
        ring, cable boot, cable trough, nylon cable tie
    """,
}

POWER = {
    "ups": """
        uninterruptible power supply ups, uninterruptible power supply, smart ups, back ups, ups system,
        ups, online ups, standby ups, line interactive ups, network ups, inverter ups, power backup, back
        ups es, battery backup, backups, ~symmetra, ~galaxy 3500, ~mge galaxy
    """,
    "ups-batteries": """
        ups battery, external battery cabinet, replacement battery cartridge, battery cartridge, external
        battery pack ups, ups battery ups battery pack, battery module, battery unit, extended run
        battery, battery rbc, external battery, battery enclosure, battery pack ups, storage device backup
        battery, battery frame, ups battery cartridge, replacement ups battery, battery system, extended
        battery, ups replacement battery, xr battery, battery breaker, li ion battery system
    """,
    "ups-accessories": """
        uninterruptible power supply ups accessory, ups accessory, ups card, web snmp, snmp card, relay i
        o, ups interface, transformer, isolation transformer, parallel kit, parallel redundancy, bypass
        switch, line conditioner, transfer switch, voltage regulator, avr, stabilizer, stabiliser, voltage
        stabilizer, interface expander, voltage stabiliser, line r, rail kit ups, static transfer switch,
        power array, power switch module, switchgear, subfeed, breaker kit, bypass panel, maintenance
        bypass, service bypass panel, ups network, maintenance bypass panel, power conditioner, circuit
        breaker, automatic transfer switch, communication card, ~intellislot
    """,
    "power-distribution": """
        power distribution unit pdu, power distribution unit, rack pdu, pdu, power distribution, metered
        pdu, switched pdu, basic pdu, power strip rack, distribution unit, switched rack, metered rack,
        power panel, power distribution module, power distribution breaker, remote power panel, powerstrip
        rack
    """,
    "surge-protectors": """
        surge protector, surge suppressor, surge arrest, surgearrest, protectnet, power protector, spike
        guard, surge protection, protection box, surge guard, protect it, isobar, surge filter, surge,
        protection strip
    """,
    "power-strips": """
        power extension, power strip, extension socket, multi outlet, extension lead, extension board,
        power outlet, socket outlet extension, outlet strip, extension box, outlet power strip, power
        block, multiplug, multi plug, smart plug socket
    """,
    "power-adapters": """
        power adapter inverter, power adapter, ac adapter, power inverter, adapter universal, notebook
        power adapter, ac power adapter, laptop charger, laptop adapter, notebook adapter, power adapter
        inverter indoor, travel adapter, dc adapter, ac dc adapter, inverter, smart adapter, mains
        adapter, auto air adapter, dc converter, slim ac adapter, auto adapter, notebook charger, power
        brick, universal adapter, mains charger, world adapter, converter plug, travel adaptor, power
        adaptor, power converter
    """,
    "power-banks": """
        power bank, powerbank, portable charger, mobile power pack, portable battery, backup battery pack
    """,
    "batteries": """
        household battery, alkaline battery, rechargeable battery, single use battery, lithium battery, aa
        battery, aaa battery, button cell, alkaline batteries, batteries, coin cell, 9v battery, nimh
        battery, ~sealed lead acid, ~battery, nickel metal hydride, ~cr2032, ~alkaline, lithium batteries,
        batteries aa, batteries aaa, lithium coin
    """,
    "battery-chargers": """
        battery charger, charger aa, nimh charger, ~charger, solar charger, charger indoor, dual charger
    """,
    "racks": """
        server rack, rack enclosure, open frame rack, rack, wall mount rack, ~netshelter, wall mounted
        rack, 2 post, 4 post, wallmount rack, enclosure with side, relay rack, enclosure 600mm, network
        rack, rackcabinet, rack cabinet, freestanding rack, server cabinet, wall cabinet, equipment rack,
        equipment rack cabinet, post rack, network cabinet, open server equipment rack, rack server
        cabinet, av rack
    """,
    "rack-accessories": """
        rack accessory, mounting rail, rail kit, rackmount kit, rack mount bracket, cage nut, mounting
        kit, bracket kit, side castor, stabilization plate, mounting bracket, rack mount rail, baying kit,
        rackmount, ear kit, keyboard drawer rack, levelling feet, bolt down kit, air recirculation,
        vertical mounting, rack mounting kit, rack kit, cable entry, rack mount, mounting plate, ground
        kit, grounding kit, stabilizer plate, height adapter, adjustment kit, joining kit, depth adapter,
        castors, rackmount bracket, hinge kit, rack shelf, rack rail, blanking panel, rack mount kit,
        server rack shelf, fan tray, rack screw, rack tray, brush strip, side panel, rack drawer, ceiling
        panel, rack door, rack fan, filler panel, rack handle, fixed shelf, blank panel, sliding shelf,
        standard sliding shelf, lockable door, stabilizing plate kit, plate kit, skirt kit, hardware kit,
        ceiling assembly, ~netshelter sx deep roof, ventilation unit, cable shelf, cantilever shelf, rack
        panel
    """,
    "environment-monitoring": """
        netbotz, rack monitor, security access control system, spot fluid, sensor pod, netbotz rack, rope
        fluid, leak rope, access controller, environment monitor, camera pod 120, temperature sensor,
        humidity sensor, environmental monitoring, temperature transmitter, door switch sensor,
        environmental monitoring unit, leak sensor, smoke sensor, motion sensor, door contact, vibration
        sensor, dry contact, ~sensor
    """,
    "data-centre-cooling": """
        inrow, rack air conditioner, data centre cooling, air conditioning unit rack, rack cooling, in
        row, uniflair, chiller, chilled water, cooling distribution, air removal, rack side air
        distribution, air distribution, aisle containment, network air, humidifier bottle rack,
        containment, networkair, air cooled, refrigerant, heat exchanger
    """,
}

OFFICE = {
    "calculators": """
        calculator, printing calculator, pocket calculator, financial calculator, scientific calculator
    """,
    "paper-cutters": """
        paper cutter, shredder, paper shredder, guillotine, trimmer paper, hole punch, cutting mat
    """,
    "laminating": """
        laminator, laminating pouch, lamination film, laminator pouch, binding machine, binding comb,
        binding cover
    """,
    "filing": """
        ring binder, folder, lever arch, file, suspension file, binder, organizer, storage box, document
        wallet, box file, magazine file, divider, file folder, drawer unit, divider book, archive box,
        photo album, desk portfolio, photo mount, expanding file, data binder, document file, report
        cover, sheet protector, photo corner, negative storage page, document holder, copyholder, copy
        holder, business card holder, card holder, id holder, magazine rack, storage page, slipcase,
        wallet folder, badge holder, clip frame, album, elasticated folder, exercise book cover, book
        cover, storage tray, letter tray, tab index, photo pocket, picture corner, fotobook, negative
        pocket, lever arch file, hard cover, fotokarton, photo cardboard
    """,
    "stationery": """
        pen, ballpoint, ball pen, gel pen, fountain pen, marker, pencil, notebook diary, notepad, ruled
        notebook, paint, acrylic colour, brush pen, fineliner, highlighter, sketch book, sketchbook, color
        pencil, crayon, glue, eraser, roller pen, pencil sharpener, paint brush, pastel, whiteboard, board
        eraser, scissors, diary, drawing book, acrylic paint, oil pastel, water color, watercolour, easel,
        sketch pen, roller ball, calligraphy, sticky note, paper clip, planner, white board, pen set,
        paper punch, ink pen, photo fix, wall planner, brush set, canvas board, color set, colour set,
        colouring, water colour, adhesive tape, glue stick, rubber stamp, adhesive pad, glue tape, paint
        marker
    """,
    "office-furniture": """
        footrest, foot rest, back rest, backrest, lumbar support, chairmat, floor mat, anti fatigue mat,
        anti static floor mat, lectern, computer cart, av cart, cart, height adjustable, trolley,
        multimedia cart, anti static mat, smartfit footrest, workbench, bench, office chair, workstation
        desk, sit stand, stool, computer desk, foot support
    """,
    "cleaning-supplies": """
        equipment cleansing kit, cleaning kit, cleaning cloth, screen cleaner, cleaning wipe, air duster,
        cleaning spray, cleaning gel, equipment cleansing, screen cleaning, lens cleaner, cleaner kit,
        compressed air, cleaning swab, cleaning set, wipes, cleaning solution, microfiber cloth, dust
        remover, cleaning card, cleaning fluid, cd cleaner
    """,
    "office-supplies": """
        key ring, reel, name plate, cash box, money counter, key box, lanyard, time clock, dictation
        machine, dictaphone, digital voice recorder, voice recorder, dictaphone accessory, desk set,
        magnetic board, mail scale, desk fan, banknote, typewriter, transcription kit, dictation, digital
        recorder, foot pedal, speechmike, pocket memo, digital pocket memo, foot control, address
        recorder, desktop stapler, ~stapler
    """,
}
