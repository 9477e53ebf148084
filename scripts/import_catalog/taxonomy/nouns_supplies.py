"""The head nouns of titles by shelf: printing and networks."""

from __future__ import annotations

PRINTING = {
    "printers": """
        inkjet printer, laser printer, dot matrix printer, photo printer, multifunctional, multifunction
        printer, all in one printer, colour printer, color printer, receipt printer, pos printer, mono
        printer, line printer, mobile printer, portable printer, network printer, matrix printer, thermal
        printer, card printer, copier, multifunction product, impact printer, digital sender, digital
        copier, digital duplicator, single function printer, ~printer, ~laserjet, ~officejet, ~photosmart,
        ~deskjet, ~mfp, ~inkjet, ~phaser, ~workcentre, ~aio printer, plastic card printer, all in one,
        ~laser, ~pixma, ~psc, ~selphy, ~stylus photo, ~imageclass, ~i sensys, ~aculaser, ~ecosys, portable
        photo printer, ~copycentre, disc publisher, cd dvd publisher
    """,
    "large-format-printers": """
        large format printer, designjet printer, plotter, wide format printer, ~designjet, ~imageprograf,
        ~stylus pro, large format
    """,
    "label-printers": """
        label printer, label writer, barcode printer, labelwriter, printer label printer
    """,
    "fax-machines": "fax machine, ~fax, laser fax, fax printer, plain paper fax, inkjet fax",
    "ink-cartridges": """
        ink cartridge, inkjet cartridge, inkjet print cartridge, ink tank, singlepack, ink stick, ink
        bottle, multipack, ink pack, print cartridge, colour ink, pigment ink, ink refill, ink tank
        cartridge, color print cartridge, ultrachrome, ink, durabrite, colorstix, color ink, solid ink,
        tri colour, quadpack, twinpack, ink jet cartridge, photo cartridge, ink cassette, ink supply,
        claria, photo value pack, duopack, ink roller, maintenance cartridge, ink toner
    """,
    "toner-cartridges": """
        toner cartridge, return program print cartridge, high yield return program print cartridge, toner,
        black toner, toner collector, laser cartridge, toner kit, fax toner, black print cartridge,
        imaging cartridge, return program cartridge, laserjet print cartridge, toner pack, laser toner,
        prebate, toner refill, smart print cartridge, toner cassette, high yield return, laserjet toner,
        return programme print cartridge, micr toner, toner bottle, use return, print cartridge use
        return, waste toner, waste toner container, waste toner box, waste toner bottle, toner waste,
        waste cartridge, toner waste container, waste toner cartridge, developer cartridge, smart kit
    """,
    "printer-drums": """
        printer drum, drum, imaging unit, image drum, drum unit, photoconductor, photoconductor unit, drum
        cartridge, imaging drum, drum kit, printer belt, transfer belt, transfer kit, image transfer,
        image transfer kit, photo conductor, photoconductor kit, transfer unit, developer unit, developer
        kit, copier drum, belt unit, opc drum, transfer roller, belt cartridge, developer, intermediate
        transfer belt, imaging kit, opc belt, copy cartridge
    """,
    "print-heads": """
        printhead cleaning kit, print head, printhead, printhead cleaner, printhead and printhead cleaner,
        printhead and cleaner, print head cleaning kit
    """,
    "printer-ribbons": """
        printer ribbon, ribbon, ribbon cartridge, fabric ribbon, thermal transfer ribbon, ribbon cassette,
        fax ribbon, ink ribbon, transfer ribbon, thermal ribbon, colour ribbon, fax supply, fax roll,
        typewriter ribbon, film ribbon, ink film, correction tape, lift off tape, lift off
    """,
    "printer-parts": """
        printer kit, fuser, fuser unit, maintenance kit, fuser kit, fusing unit, printer scanner spare
        part, printer roller, roller kit, printer cleaning, fixing unit, printer fuser kit, fuser
        maintenance kit, printer accessory, exchange roller, cleaning roller, pickup roller, paper pick up
        roller, formatter, cutter blade, card printer accessory, print belt, separation pad, oil roller,
        oil bottle, fuser oil, maintenance unit, maintenance tank, cutter unit, replacement cutter blade,
        feed roller, fuser cartridge, print server card, media spindle, roll feed spindle, spindle media,
        maintenance box, fuser assembly, transparent holder, ozone filter, feeder cleaning, cleaning
        sheet, filter kit, printer cleaning cartridge, borderless kit, auto cutter, printer upgrade,
        charge coat roller, corona, corotron, productivity kit, charging unit, platen, printer option,
        auto take up reel, take up reel, fuser wiper, output stand, roll adapter, maintanance kit,
        ~postscript kit, transfer roll, sheet guide
    """,
    "paper-trays": """
        ~sheet input, booklet unit, multi bin, tray feeder, sheet feeder, output stacker, duplex unit,
        duplexer, duplex module, stapler stacker, finisher, paper cassette, envelope feeder, document
        feeder, mailbox, stacker, duplexing unit, auto document feeder, paper deck, hole punch office
        finisher, cassette unit, feeding unit, two tray module, roll feed unit, sorter, automatic document
        feeder, staple, duplex option, tractor unit, pull tractor, duplexing assembly, output expander,
        output bin, cut sheet feeder, hole punch finisher, paper feed unit, job separator, bin mailbox,
        paper supply, multisheet feeder, printer furniture, auto duplex, duplex automatic document feeder,
        finisher stacker, paper tray, input tray, paper feeder, sheet tray, paper drawer, staple
        cartridge, output tray, printer cabinet stand, printer cabinet, printer stand, printer base,
        offset catch tray, high capacity feeder, media tray, booklet maker, copy tray, tractor feed, exit
        tray, catch tray, lower cassette, media input tray, multi bin mailbox, sheet paper drawer, roll
        unit, oversized high capacity feeder, post process inserter, dual input, ~sheet feeder unit, sheet
        drawer, two sided printing accessory
    """,
    "print-servers": """
        print server, jetdirect, wireless print server, ethernet print server, network print card,
        marknet, network interface card for printer, ethernet print, ethernet card printer, print adapter
    """,
    "photo-paper": """
        photo paper, glossy photo paper, photographic paper, glossy paper, photo glossy, photo gloss,
        satin photo, photo rag, photo card, photo quality paper, photo satin, semi gloss photo, photo
        semigloss, premium glossy photo, premium luster photo, luster photo, luster paper, photo greeting
        card, photo inkjet paper, instant film, photo quality inkjet, everyday photo paper, iron on,
        colour ink paper set, photo stickers, postcard paper, instant picture film
    """,
    "printing-paper": """
        printing paper, art paper, plain paper, inkjet paper, copy paper, matte paper, bright white paper,
        business paper, laser paper, printing film, transparency film, transparency, printable textile,
        transfer paper, brochure paper, thermal paper, card stock, paper roll, multipurpose paper,
        heavyweight matte, fine art paper, presentation paper, multiuse paper, fax paper, colour laser
        paper, velvet fine art, office paper, overhead film, iron on transfer, transparencies, thermal
        roll, fine art, watercolor paper, overhead transparency, premium paper, business card paper,
        continuous paper, laser film, printer film, printer paper, inkjet film, double sided matte paper,
        greeting card, business cards, brochure, cotton rag, ultrasmooth, recycled paper, adhesive cover
        film, t shirt transfer, textured fine art, a4 paper, enhanced matte, banner paper, iron on film,
        tattoo paper, polyester film, business gloss laser, laminated film, glossy film, tough paper,
        brochure laser paper, backlit film, scratch card
    """,
    "large-format-media": """
        large format media, plotter paper, coated paper, proofing paper, bond paper, vinyl, roll media,
        tracing paper, paper matte roll, heavyweight coated, wallcovering, self adhesive polypropylene,
        enhanced adhesive synthetic paper, synthetic paper, doubleweight matte, premium proofing, vellum,
        clear film, standard proofing paper, semigloss paper, singleweight, natural tracing paper, photo
        paper roll, matte film, tyvek, universal coated, canvas matte, polypropylene, scrim banner,
        adhesive vinyl, premium canvas, studio canvas, ~canvas, durable scrim, ~scrim, backlit, artist
        canvas
    """,
    "labels": """
        label, printer label, self adhesive label, address label, shipping label, multi purpose label,
        labels premium, labels a4, removable label, cd label, file label, non adhesive label, price label,
        etiquette, sticker, decor label, enclosure number, inkjet label, film labels, weatherproof label,
        name label, vario sticker, address tag, folder label, continuous label, security label, decorative
        sticker, self adhesive film label, luggage tag, barcode labels, jewelry label, sticker decor, cd
        dvd label, protective ring, reinforcement ring, adhesive dot, self adhesive symbol, index tab,
        name badge, name tag, number block, marking tag, ~adhesive film
    """,
    "label-tapes": """
        ~tx, ~tze,
        ~tz, dymo d1, embossing letratag, tape black on, label making tape, labelling tape, label tape,
        labeling tape, p touch tape, d1 tape, tape cassette, laminated tape, heat shrink tube, polyester
        tape, nylon tape, vinyl tape, letra tag, letratag tape, ~flexible nylon, ~permanent polyester
    """,
    "label-makers": """
        label maker, labelmaker, labelmanager, p touch, labelling machine, electronic labeling, rhinopro
    """,
}

NETWORKING = {
    "routers": """
        wireless router, wired router, router, tabletop router, portable router, broadband router, dsl
        router, adsl router, vpn router, wireless gateway, broadband gateway, mesh wi fi, wifi router,
        ~gateway, mobile hotspot, cellular network device, lte router, dongle, hotspot, 4g router
    """,
    "access-points": """
        access point, wireless access point, wlan access point, wireless bridge, range extender, wifi
        extender, network bridge, bridge, network repeater, outdoor access point, wlan controller,
        wireless controller, mobility controller, wireless range extender, wifi repeater, wireless
        repeater, repeater, wireless base station, ~base station
    """,
    "network-switches": """
        network switch, ethernet switch, gigabit switch, fast ethernet switch, desktop switch, ~switch,
        poe switch, network switch component, managed switch, ~procurve, rackmount switch, switch module,
        ~unmanaged, ~managed, smart switch, industrial switch, stackable switch, gigabit smart, web smart,
        ~gigabit switches
    """,
    "network-cards": """
        networking card, network interface card, network adapter, ethernet adapter, wireless adapter, usb
        adapter wireless, nic, lan card, wlan adapter, network card, wireless card, ethernet card,
        wireless usb adapter, server adapter, wifi adapter, bluetooth adapter, pci express network, lan
        adapter, gigabit adapter, wlan card, wireless network adapter, ethernet network adapter, wireless
        lan, usb wireless, ethernet server adapter, gigabit server adapter, usb bluetooth, bluetooth usb
        adapter, wireless pci, converged network adapter, wlan, gigabit ethernet adapter, interface
        module, bluetooth dongle, wifi dongle, bluetooth usb
    """,
    "network-transceivers": """
        network transceiver module, transceiver, sfp, mini gbic, gbic, sfp module, transceiver module, sfp
        transceiver, xfp, x2
    """,
    "media-converters": """
        network media converter, media converter, fiber converter, fiber media converter, ethernet media
        converter, media conversion
    """,
    "network-antennas": """
        network antenna, antenna, directional antenna, omni antenna, yagi antenna, panel antenna, omni
        directional antenna, wireless antenna, antenna extension, pigtail, antenna cable, lightning
        arrestor
    """,
    "network-extenders": """
        ethernet extender, network extender, lan extender, poe extender, poe injector, poe adapter, power
        over ethernet injector, poe splitter, poe midspan, midspan, poe, network splitter
    """,
    "modems": """
        modem, adsl modem, fax modem, dial up modem, data fax modem, cable modem, pstn modem
    """,
    "powerline-adapters": """
        powerline, powerline adapter, homeplug, powerline network adapter, powerline ethernet
    """,
    "patch-panels": """
        patch keystone, outlet box, keystone module, wall box, surface mount box, faceplate, face plate,
        mounting box, coupler rj45, fiber coupler, punch down, punchdown, junction box, connection module,
        splice box, snap in, fibre optic connector, fiber optic connector, fibre optic adapter, fibre
        optic coupler, blank keystone, fibre splice, fiber optic coupler, blank plate, wallplate, module
        rj45, cable splitter combiner, adapter module, jack module, keystone jack, keystone insert,
        keystone, wall plate, rj45 jack, network jack, wall outlet, fiber panel, fiber optic adapter,
        modular jack, adapter panel, multimedia box, patch panel, isdn patch panel, center plate insert,
        junctionbox, mounting back box, back box
    """,
    "serial-servers": """
        serial server, serial device server, device server, console server, terminal server, port server,
        serial over ip, serial ethernet device server, advanced console server, console port server
    """,
    "firewalls": "firewall, hardware firewall, vpn firewall, security appliance",
    "network-tools": """
        cable tester, network cable tester, network analyser, crimping tool, punch down tool, crimp tool,
        poe tester, cable stripper, crimper, lan tester, tone generator, network tester, termination tool,
        cable tool, tool kit network, toner probe, cable crimper, battery tester, wire stripper, fiber
        cleaning
    """,
    "network-accessories": """
        network equipment chassis, network management device, network equipment, network chassis, network
        equipment spare part, management card, management module, network software, network management
        card, video server, stacking module, ip add on module, wireless device accessory, modular chassis
    """,
    "security-cameras": """
        cctv security camera, security camera, ip camera, network camera, surveillance camera, cctv
        camera, dome camera, video surveillance kit, surveillance system, video encoder, dvr, network
        video recorder, digital video recorder, wi fi camera, internet camera, baby monitor camera, bullet
        camera, spy camera, security camera accessory, security camera system, nvr, camera pod, hidden
        camera, network surveillance, dash cam, indoor camera, outdoor camera, day night camera, home
        security, smart camera, home camera, cctv, surveillance, camera housing, pan tilt
    """,
    "phone-systems": """
        pbx, voip gateway, telephone adapter, voip adapter, telephone switching equipment, phone adapter,
        analog telephone adapter, teleconferencing equipment, voip, sip server, ip pbx, phone system
    """,
}
