namespace Fairlead.Notices.Channels.Mail;

/// <summary>What a mail server answered.</summary>
/// <param name="Lines">Without the code.</param>
internal sealed record MailReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsFine => Code is >= 200 and < 400;

    public bool IsFinal => Code >= 500;

    public override string ToString() => $"{Code} {PlainText.Short(PlainText.OneLine(string.Join(' ', Lines)), 200)}";
}
