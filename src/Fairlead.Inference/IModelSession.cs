using Fairlead.Domain.Models;

namespace Fairlead.Inference;

/// <summary>A loaded model. Many threads may run it at once. Disposing it lets calls that are under way finish.</summary>
public interface IModelSession : IDisposable
{
    Signature Signature { get; }

    /// <summary>For reading this model's requests and writing its answers.</summary>
    SignatureCodec Codec { get; }

    /// <summary>
    /// About what the session keeps in memory, in bytes, without the buffers of calls under way; 0 when it cannot be told. For an ONNX model it
    /// is estimated as three times its file and 64 KiB: measured were 1.2 to 1.6 times for matrices and 3.6 times for large ensembles of trees.
    /// </summary>
    long MemoryBytes => 0;

    /// <summary>Scores a request that was read with <see cref="Codec"/>; what the answer held before is replaced.</summary>
    /// <exception cref="Fairlead.Domain.Problems.FairleadException">Invalid: the model refuses the tensors; Failed: it fails on them. The message carries the engine's own.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    void Run(InferRequest request, InferAnswer answer);
}
