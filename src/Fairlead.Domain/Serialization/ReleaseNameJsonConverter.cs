using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Serialization;

internal sealed class ReleaseNameJsonConverter : TextJsonConverter<ReleaseName>
{
    protected override ReleaseName Parse(string text) => ReleaseName.Parse(text);
}
