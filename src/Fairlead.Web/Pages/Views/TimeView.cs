using System.Globalization;

namespace Fairlead.Web.Pages.Views;

/// <summary>A moment: the exact one in UTC, and how long ago it was when the page was made.</summary>
public sealed record TimeView(string Iso, string Text, string Relative)
{
    public static TimeView Of(DateTimeOffset at, DateTimeOffset now)
    {
        var utc = at.UtcDateTime;
        return new TimeView(
            utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            utc.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            PageText.Relative(at, now));
    }
}
