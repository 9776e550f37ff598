namespace Fairlead.Web.Contracts;

/// <summary>Asks for the present state of datasets to be registered.</summary>
/// <param name="Datasets">Names; empty means all of the project.</param>
public sealed record DatasetsBody(IReadOnlyList<string>? Datasets, string? User);
