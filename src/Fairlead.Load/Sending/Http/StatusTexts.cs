namespace Fairlead.Load.Sending.Http;

/// <summary>Statuses as text, made once.</summary>
internal static class StatusTexts
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 1000).Select(status => status.ToString("000"))];

    /// <param name="status">Three digits.</param>
    public static string Of(int status) => Texts[status];
}
