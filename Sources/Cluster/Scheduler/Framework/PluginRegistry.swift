/// The plugins of the default profile, in the order in which they are asked, with the weights of
/// their points: the one place where plugins are listed.
///
/// Source: 1.36, apis/config/v1/default_plugins.go. Left out: PrioritySort (``SchedulingQueue`` is
/// that), DefaultBinder, and the plugins behind gates that are closed by default. Filters that
/// judge a node by itself alone come first, here as upstream.
enum PluginRegistry {
    // tidy: lists ^enum (\w+): \w+Plugin\b of Sources/Cluster/Scheduler/Plugins

    static let rows: [PluginRow] = [
        PluginRow(SchedulingGates.self),
        PluginRow(NodeUnschedulable.self),
        PluginRow(NodeName.self),
        PluginRow(TaintToleration.self, weight: 3),
        PluginRow(NodeAffinity.self, weight: 2),
        PluginRow(NodePorts.self),
        PluginRow(NodeResourcesFit.self),
        PluginRow(VolumeRestrictions.self),
        PluginRow(NodeVolumeLimits.self),
        PluginRow(VolumeBinding.self),
        PluginRow(VolumeZone.self),
        PluginRow(PodTopologySpread.self, weight: 2),
        PluginRow(InterPodAffinity.self, weight: 2),
        PluginRow(DynamicResources.self),
        PluginRow(DefaultPreemption.self),
        PluginRow(NodeResourcesBalancedAllocation.self),
        PluginRow(ImageLocality.self),
    ]
}
