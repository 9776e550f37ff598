using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>One thing that a judge should see. It is kept for ever, so that nothing of what predictions were asked and answered may stand in it: their ids do.</summary>
/// <param name="Data">An object, or a list of objects for a table.</param>
public sealed record EvidenceSection(string Title, JsonElement Data)
{
    /// <summary>What is to be said of it; a sentence.</summary>
    public string? Note { get; init; }

    /// <summary>Path of the page that says more, such as <c>/replays/7</c>.</summary>
    public string? Link { get; init; }

    /// <summary>Why it is missing; a sentence. Null when it is not.</summary>
    public string? Problem { get; init; }

    /// <summary>Names and addresses of people whose work is judged.</summary>
    public IReadOnlyList<string>? Authors { get; init; }
}
