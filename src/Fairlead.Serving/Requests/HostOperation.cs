namespace Fairlead.Serving.Requests;

/// <summary>What a path asks for.</summary>
internal enum HostOperation
{
    None,
    Status,
    Live,
    Ready,
    ServerMetadata,
    ModelMetadata,
    ModelReady,
    Infer,
}
