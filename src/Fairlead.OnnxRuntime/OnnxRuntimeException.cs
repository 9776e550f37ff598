namespace Fairlead.OnnxRuntime;

/// <summary>What the engine reported, in its own words, or why it could not be loaded.</summary>
public sealed class OnnxRuntimeException : Exception
{
    public OnnxRuntimeException(OnnxErrorCode code, string message)
        : base(message) => Code = code;

    public OnnxErrorCode Code { get; }
}
