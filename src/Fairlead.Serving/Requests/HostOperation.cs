namespace Fairlead.Serving.Requests;

/// <summary>What a path asks for.</summary>
internal enum HostOperation
{
    None,
    Status,
    Metrics,
    Live,
    Ready,
    ServerMetadata,
    ModelList,
    ModelMetadata,
    ModelReady,
    ModelConfig,
    ModelStatistics,
    AllStatistics,
    Infer,
    RepositoryIndex,
    RepositoryLoad,
    RepositoryUnload,

    /// <summary>A command service answers, whatever the rest of the path says.</summary>
    Forward,
}
