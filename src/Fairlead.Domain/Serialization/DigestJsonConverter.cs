using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Serialization;

internal sealed class DigestJsonConverter : TextJsonConverter<Digest>
{
    protected override Digest Parse(string text) => text.Length == 0 ? default : Digest.Parse(text);
}
