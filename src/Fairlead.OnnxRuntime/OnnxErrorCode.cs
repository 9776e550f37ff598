namespace Fairlead.OnnxRuntime;

/// <summary>The engine's own error codes.</summary>
public enum OnnxErrorCode
{
    /// <summary>The binding refused before the engine was asked.</summary>
    None = 0,
    Failed = 1,
    InvalidArgument = 2,
    NoSuchFile = 3,
    NoModel = 4,
    EngineError = 5,
    RuntimeException = 6,
    InvalidProtobuf = 7,
    ModelLoaded = 8,
    NotImplemented = 9,
    InvalidGraph = 10,
    ProviderFailed = 11,
}
