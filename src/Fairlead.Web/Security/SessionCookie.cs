using Fairlead.Identity.Tokens;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Web.Security;

/// <summary>
/// The cookie of a browser that signed in. No script reads it, no page of another site makes a browser send it with a form, and it goes over
/// plain HTTP only where it came from there. Its name has the port, as browsers do not tell ports apart.
/// </summary>
internal static class SessionCookie
{
    private const int LongestSecret = 128;

    public static string? Read(HttpContext context) =>
        context.Request.Cookies.TryGetValue(NameOf(context), out var secret) && secret.Length <= LongestSecret ? secret : null;

    public static void Write(HttpContext context, string secret) => context.Response.Cookies.Append(NameOf(context), secret, Options(context, Sessions.Length));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(NameOf(context), Options(context, null));

    private static string NameOf(HttpContext context) => $"fairlead-{context.Connection.LocalPort}";

    private static CookieOptions Options(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    };
}
