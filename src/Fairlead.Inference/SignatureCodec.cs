using Fairlead.Domain.Models;

namespace Fairlead.Inference;

/// <summary>A signature made ready for reading requests and writing answers. Immutable; one serves any number of threads.</summary>
public sealed class SignatureCodec
{
    public SignatureCodec(Signature signature)
    {
        Signature = signature;
        Inputs = [.. signature.Inputs.Select(spec => new TensorCodec(spec))];
        Outputs = [.. signature.Outputs.Select(spec => new TensorCodec(spec))];
    }

    public Signature Signature { get; }

    internal TensorCodec[] Inputs { get; }

    internal TensorCodec[] Outputs { get; }
}
