import Support

extension KindDescriptor {
    /// Makes jobs by a schedule.
    static func cronJob(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CronJob", plural: "cronjobs", shortNames: ["cj"], group: "batch",
            categories: ["all"], subresources: ["status"], hasGeneration: true,
            podTemplate: .maker(at: [.spec, .jobTemplate, .spec, .template]))
    }
}
