namespace Fairlead.Web.Pages.Views;

/// <summary>One thing that a prediction came from, with what that came from in turn.</summary>
/// <param name="Kind">Such as "run"; one of the words of the domain.</param>
/// <param name="Link">Path of the page about it, or null.</param>
public sealed record TraceNodeView(string Kind, string Name, string? Link, IReadOnlyList<FactView> Facts, IReadOnlyList<TraceNodeView> Children);
