namespace Fairlead.Web.Pages.Views;

/// <summary>Something of several runs.</summary>
/// <param name="Values">In the order of the runs.</param>
/// <param name="Best">Places of the best ones.</param>
public sealed record ComparedRow(string Kind, string Name, IReadOnlyList<string> Values, IReadOnlyList<int> Best, bool Differs);
