using System.Text.Json;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>One thing that a judge should see.</summary>
/// <param name="Data">An object, or a list of objects for a table.</param>
public sealed record EvidenceSection(string Title, JsonElement Data);
