using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fairlead.Domain.Models;

namespace Fairlead.Inference;

/// <summary>One input or output of a signature, with what reading and writing it needs again and again.</summary>
internal sealed class TensorCodec
{
    public TensorCodec(TensorSpec spec)
    {
        Spec = spec;
        Name = Encoding.UTF8.GetBytes(spec.Name);
        TypeName = Encoding.UTF8.GetBytes(spec.Type.WireName());
        var name = JsonEncodedText.Encode(spec.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
        AnswerPrefix = Encoding.UTF8.GetBytes($$"""{"name":"{{name}}","datatype":"{{spec.Type.WireName()}}","shape":[""");
    }

    public TensorSpec Spec { get; }

    public byte[] Name { get; }

    public byte[] TypeName { get; }

    /// <summary>A tensor of the answer in JSON, up to its dimensions.</summary>
    public byte[] AnswerPrefix { get; }

    public int Rank => Spec.Shape.Count;

    /// <summary>True when the first dimension counts rows.</summary>
    public bool IsBatched => Spec.Shape.Count > 0 && Spec.Shape[0] < 0;
}
