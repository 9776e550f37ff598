using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Serialization;

/// <summary>Writes it as its text. Public because the source generated contexts of other rooms name it.</summary>
public sealed class RunIdJsonConverter : TextJsonConverter<RunId>
{
    protected override RunId Parse(string text) => text.Length == 0 ? default : RunId.Parse(text);
}
