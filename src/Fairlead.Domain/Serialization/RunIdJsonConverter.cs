using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Serialization;

internal sealed class RunIdJsonConverter : TextJsonConverter<RunId>
{
    protected override RunId Parse(string text) => RunId.Parse(text);
}
