import CLI

Drydock.main()
