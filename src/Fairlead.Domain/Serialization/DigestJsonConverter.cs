using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Serialization;

/// <summary>Writes it as its text. Public because the source generated contexts of other rooms name it.</summary>
public sealed class DigestJsonConverter : TextJsonConverter<Digest>
{
    protected override Digest Parse(string text) => text.Length == 0 ? default : Digest.Parse(text);
}
