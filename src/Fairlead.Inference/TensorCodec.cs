using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Inference.Grpc;

namespace Fairlead.Inference;

/// <summary>One input or output of a signature, with what reading and writing it needs again and again.</summary>
internal sealed class TensorCodec
{
    public TensorCodec(TensorSpec spec)
    {
        Spec = spec;
        Label = $"Input '{spec.Name}'";
        Name = Encoding.UTF8.GetBytes(spec.Name);
        TypeName = Encoding.UTF8.GetBytes(spec.Type.WireName());
        Json = JsonPrefix(spec.Name, spec.Type);
        JsonClasses = JsonPrefix(spec.Name, TensorType.Bytes);
        Proto = ProtoOutput.TensorPrefix(Name, TypeName);
        ProtoClasses = ProtoOutput.TensorPrefix(Name, "BYTES"u8);
    }

    public TensorSpec Spec { get; }

    /// <summary>What messages call the tensor when it is an input.</summary>
    public string Label { get; }

    public byte[] Name { get; }

    public byte[] TypeName { get; }

    /// <summary>A tensor of the answer in JSON, up to its dimensions.</summary>
    public byte[] Json { get; }

    /// <summary>The same for the tensor's highest classes.</summary>
    public byte[] JsonClasses { get; }

    /// <summary>A tensor of the answer in protobuf, up to its dimensions.</summary>
    public byte[] Proto { get; }

    /// <summary>The same for the tensor's highest classes.</summary>
    public byte[] ProtoClasses { get; }

    public int Rank => Spec.Shape.Count;

    /// <summary>True when the first dimension counts rows.</summary>
    public bool IsBatched => Spec.Shape.Count > 0 && Spec.Shape[0] < 0;

    private static byte[] JsonPrefix(string name, TensorType type)
    {
        var text = JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
        return Encoding.UTF8.GetBytes($$"""{"name":"{{text}}","datatype":"{{type.WireName()}}","shape":[""");
    }
}
