import CLI

Drydock.start(Array(CommandLine.arguments.dropFirst()))
