namespace Fairlead.Web.Contracts;

/// <param name="Sql">One statement over <c>predictions</c>, <c>outcomes</c> and <c>scored</c>.</param>
/// <param name="Limit">Rows at most; null means the server's own limit.</param>
public sealed record QueryBody(string Sql, int? Limit);
