using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Notices;
using Fairlead.Notices.Sending;

namespace Fairlead.Notices.Channels.Mail;

/// <summary>Writes a message as mail: text and HTML, every byte of it printable ASCII, so that no server has to be asked what it takes.</summary>
internal static class MailText
{
    private const int LongestSubject = 200;
    private const int LongestText = 100_000;

    /// <summary>Bytes of an encoded word of a header, which with its frame stay below the 75 characters that are allowed.</summary>
    private const int EncodedBytes = 42;
    private const int Base64Line = 76;

    /// <param name="now">When it is sent.</param>
    public static string Write(MailDefinition channel, OutgoingNotice notice, DateTimeOffset now)
    {
        var domain = channel.From[(channel.From.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var boundary = $"fairlead-{Name(notice.Key)}";
        var subject = PlainText.Short(PlainText.OneLine($"[{notice.Content.Project}] {notice.Title(text => text)}"), LongestSubject);
        var mail = new StringBuilder();
        mail.Append("From: ").Append(channel.From).Append("\r\n");
        mail.Append("To: ").Append(string.Join(",\r\n ", channel.To)).Append("\r\n");
        mail.Append("Subject: ").Append(Header(subject)).Append("\r\n");
        mail.Append("Date: ").Append(now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)).Append("\r\n");

        // The same at each attempt, and what is about the same thing stands together.
        mail.Append("Message-ID: <").Append(Name(notice.Key)).Append('@').Append(domain).Append(">\r\n");
        mail.Append("References: <").Append(Name(notice.Subject)).Append('@').Append(domain).Append(">\r\n");
        mail.Append("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
        mail.Append("Content-Type: multipart/alternative;\r\n boundary=\"").Append(boundary).Append("\"\r\n\r\n");
        Part(mail, boundary, "text/plain", Text(notice));
        Part(mail, boundary, "text/html", Html(notice));
        return mail.Append("--").Append(boundary).Append("--\r\n").ToString();
    }

    /// <summary>A header's text, in encoded words where it is not plain ASCII.</summary>
    internal static string Header(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~') && text.Length <= Base64Line && !text.Contains("=?", StringComparison.Ordinal))
            return text;
        var words = new List<string>();
        var word = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(rune.ToString());
            if (word.Count + bytes.Length > EncodedBytes)
            {
                words.Add(Encoded(word));
                word.Clear();
            }

            word.AddRange(bytes);
        }

        words.Add(Encoded(word));
        return string.Join("\r\n ", words);
    }

    private static string Encoded(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";

    private static string Name(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32];

    private static string Text(OutgoingNotice notice) =>
        PlainText.Short(PlainText.Clean(notice.Title(text => text) + "\n\n" + notice.Text(text => text)), LongestText) + (notice.Content.Link is { } link ? $"\n\n{link}\n" : "\n");

    private static string Html(OutgoingNotice notice)
    {
        static string Escape(string text) => System.Net.WebUtility.HtmlEncode(PlainText.Clean(text));
        var color = notice.Content.Level switch { NoticeLevel.Good => "#2e7d32", NoticeLevel.Warn => "#b26a00", NoticeLevel.Bad => "#b3261e", _ => "#5f6b7a" };

        // What a template says itself is text, too: it is escaped as a whole.
        var text = Escape(PlainText.Short(notice.Text(value => value), LongestText)).Replace("\n", "<br>\n", StringComparison.Ordinal);
        var link = notice.Content.Link is { } url ? $"<p><a href=\"{Escape(url)}\">{Escape(url)}</a></p>" : "";
        return $"""
            <!doctype html>
            <html lang="en"><body style="font-family: sans-serif">
            <h1 style="font-size: 1.2em; border-left: 4px solid {color}; padding-left: 8px">{Escape(notice.Title(value => value))}</h1>
            <p>{text}</p>
            {link}
            <p style="color: #5f6b7a">{Escape(notice.Content.Project)}</p>
            </body></html>
            """;
    }

    private static void Part(StringBuilder mail, string boundary, string type, string content)
    {
        mail.Append("--").Append(boundary).Append("\r\nContent-Type: ").Append(type).Append("; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(content));
        for (var from = 0; from < encoded.Length; from += Base64Line)
            mail.Append(encoded, from, Math.Min(Base64Line, encoded.Length - from)).Append("\r\n");
    }
}
