using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Serialization;

/// <summary>Writes it as its text. Public because the source generated contexts of other rooms name it.</summary>
public sealed class ReleaseNameJsonConverter : TextJsonConverter<ReleaseName>
{
    protected override ReleaseName Parse(string text) => text.Length == 0 ? default : ReleaseName.Parse(text);
}
