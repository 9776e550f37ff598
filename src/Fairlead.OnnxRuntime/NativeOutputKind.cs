namespace Fairlead.OnnxRuntime;

/// <summary>What an output is to the engine.</summary>
internal enum NativeOutputKind
{
    Tensor,

    /// <summary>A sequence with a map for each item.</summary>
    Maps,

    /// <summary>A sequence with a tensor for each item.</summary>
    Tensors,
}
