namespace Fairlead.Web.Contracts;

/// <param name="Sql">One statement; it is checked before it is kept.</param>
/// <param name="Description">What it answers, for people.</param>
/// <param name="By">Who saves it.</param>
public sealed record SavedQueryBody(string Sql, string? Description, string? By);
