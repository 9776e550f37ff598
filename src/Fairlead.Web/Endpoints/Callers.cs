namespace Fairlead.Web.Endpoints;

/// <summary>Who a call is recorded as.</summary>
internal static class Callers
{
    private const string Unnamed = "unnamed";

    public static string Name(string? claimed) => string.IsNullOrWhiteSpace(claimed) ? Unnamed : claimed.Trim();
}
