DevelopmentCommand.main()
