using Fairlead.Domain.Identity;

namespace Fairlead.Web.Endpoints;

/// <summary>Who a call is recorded as.</summary>
internal static class Callers
{
    private const string Unnamed = "unnamed";
    private const int Longest = 128;

    /// <summary>Who calls, with what the caller may do.</summary>
    public static Principal Principal => Acting.Current?.Principal ?? Principal.Anonymous;

    /// <summary>By what way the call comes.</summary>
    public static string Via => Acting.Current?.Via ?? "api";

    /// <summary>The caller's name: what is known of it, or where there are no users what the caller claims.</summary>
    public static string Name(string? claimed)
    {
        var scope = Acting.Current;
        if (scope is not null && (scope.Principal.Kind != PrincipalKind.Open || string.IsNullOrWhiteSpace(claimed)))
            return scope.Name;
        var name = Clean(claimed);
        scope?.Claim(name);
        return name;
    }

    /// <summary>A name that somebody gives themselves, fit to be kept.</summary>
    public static string Clean(string? claimed) => string.IsNullOrWhiteSpace(claimed) ? Unnamed : AuditText.Clean(claimed.Trim(), Longest);
}
