import Model
import Value

extension Verb {
    /// `kubectl create job`.
    static let createJob = generator(
        "job", summary: "Create a job, also from the template of a cron job",
        usage: "NAME --image=IMAGE [--from=cronjob/NAME] -- [COMMAND] [args…] [flags]",
        examples: [
            "create job once --image=busybox -- date", "create job now --from=cronjob/nightly",
        ],
        flags: [
            Flag("image", nil, .string, "the image of the container"),
            Flag("from", nil, .string, "the cron job whose template is taken"),
        ],
        run: createJob)

    private static func createJob(_ call: VerbCall) throws {
        let name = try call.onlyName()
        let (image, from) = (call.flags.string("image"), call.flags.string("from"))
        guard image.isEmpty != from.isEmpty else {
            throw VerbError.message("either --image or --from must be specified")
        }
        let command = call.commandWords
        let creation = try Creation(call)
        if from.isEmpty {
            try creation.generate(
                .job,
                [
                    .metadata: [.name: Value(name)],
                    .spec: [.template: podTemplate(name, image, command, restart: "Never")],
                ], failing: "failed to create job:")
        } else {
            if !command.isEmpty {
                throw VerbError.message("cannot specify --from and command")
            }
            try creation.generate(
                .job, try job(name, from: from, call), failing: "failed to create job:")
        }
    }

    /// A pod template with one container of the job's name.
    fileprivate static func podTemplate(
        _ name: String, _ image: String, _ command: [String], restart: String
    ) -> Value {
        var container: Value = [.image: Value(image), .name: Value(name)]
        if !command.isEmpty { container[.command] = Value(strings: command) }
        return [.spec: [.containers: [container], .restartPolicy: Value(restart)]]
    }

    private static func job(
        _ name: String, from: String, _ call: VerbCall
    ) throws(VerbError) -> Value {
        let parts = from.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw .message("from must be an existing cronjob")
        }
        guard let object = try call.findAll([from]).first, object.info.kind == .cronJob else {
            throw .message("from must be an existing cronjob")
        }
        let template = object.value[.spec][.jobTemplate]
        var annotations = template[.metadata][.annotations]
        annotations["cronjob.kubernetes.io/instantiate"] = "manual"
        var metadata: Value = [
            .name: Value(name), .annotations: annotations,
            // Without blockOwnerDeletion: upstream wants no right to the finalizers.
            .ownerReferences: [
                [
                    .apiVersion: "batch/v1", .controller: true, .kind: "CronJob",
                    .name: Value(object.name), .uid: object.value[.metadata][.uid],
                ]
            ],
        ]
        let labels = template[.metadata][.labels]
        if !labels.isNull { metadata[.labels] = labels }
        return [.metadata: metadata, .spec: template[.spec]]
    }

    /// `kubectl create cronjob`.
    static let createCronJob = generator(
        "cronjob", aliases: ["cj"], summary: "Create a cron job",
        usage: "NAME --image=IMAGE --schedule='0/5 * * * ?' -- [COMMAND] [args…] [flags]",
        examples: ["create cronjob tick --image=busybox --schedule='*/1 * * * *' -- date"],
        flags: [
            Flag("image", nil, .string, "the image of the container", isRequired: true),
            Flag("schedule", nil, .string, "when to run, in cron's form", isRequired: true),
            Flag("restart", nil, .string, "OnFailure or Never", choices: ["OnFailure", "Never"]),
        ],
        run: { call in
            let name = try call.onlyName()
            let restart = call.flags.string("restart")
            try Creation(call).generate(
                .cronJob,
                [
                    .metadata: [.name: Value(name)],
                    .spec: [
                        .schedule: Value(call.flags.string("schedule")),
                        .jobTemplate: [
                            .metadata: [.name: Value(name)],
                            .spec: [
                                .template: podTemplate(
                                    name, call.flags.string("image"), call.commandWords,
                                    restart: restart.isEmpty ? "OnFailure" : restart)
                            ],
                        ],
                    ],
                ], failing: "failed to create cronjob:")
        })
}
