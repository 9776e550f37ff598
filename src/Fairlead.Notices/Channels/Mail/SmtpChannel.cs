using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Notices.Channels.Lines;
using Fairlead.Notices.Sending;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices.Channels.Mail;

/// <summary>E-mail by a mail server: a connection for each message, protected unless the project file says that it need not be.</summary>
/// <param name="trust">Whose certificates are taken; null for those that the system trusts.</param>
internal sealed class SmtpChannel(SecretReader secrets, X509ChainPolicy? trust, TimeProvider time, ILogger<SmtpChannel> logger) : INoticeChannel
{
    private const string Me = "fairlead.invalid";

    public string Kind => "smtp";

    public int GatheredLines => 200;

    public async Task<SendOutcome> SendAsync(ChannelDefinition channel, OutgoingNotice notice, CancellationToken cancellationToken)
    {
        var definition = (MailDefinition)channel;
        var password = definition.Password is { } reference ? secrets.Read(reference) : null;
        await using var connection = await LineConnection.OpenAsync(definition.Host, definition.Port, definition.Security == MailSecurity.Tls, trust, cancellationToken).ConfigureAwait(false);
        await RequireAsync(connection, null, "did not greet", cancellationToken).ConfigureAwait(false);
        var offered = await RequireAsync(connection, $"EHLO {Me}", "does not speak ESMTP", cancellationToken).ConfigureAwait(false);
        if (definition.Security == MailSecurity.StartTls)
        {
            if (!offered.Lines.Any(line => line.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)))
                throw FairleadException.Unavailable($"'{definition.Host}' offers no STARTTLS, and nothing is said to it in the clear; use the port that does, or 'security: tls'.");
            await RequireAsync(connection, "STARTTLS", "refused STARTTLS", cancellationToken).ConfigureAwait(false);
            await connection.ProtectAsync(cancellationToken).ConfigureAwait(false);
            offered = await RequireAsync(connection, $"EHLO {Me}", "does not speak ESMTP", cancellationToken).ConfigureAwait(false);
        }

        if (password is not null)
            await SignInAsync(connection, definition, password, offered, cancellationToken).ConfigureAwait(false);
        await RequireAsync(connection, $"MAIL FROM:<{definition.From}>", $"refused the sender '{definition.From}'", cancellationToken).ConfigureAwait(false);
        var outcome = await AddressAsync(connection, definition, cancellationToken).ConfigureAwait(false) ?? await TransferAsync(connection, MailText.Write(definition, notice, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        await EndAsync(connection, cancellationToken).ConfigureAwait(false);
        return outcome;
    }

    private static async Task EndAsync(LineConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.WriteAsync("QUIT", cancellationToken).ConfigureAwait(false);
            await connection.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // What was to be said is said.
        }
    }

    private static async Task SignInAsync(LineConnection connection, MailDefinition definition, string password, MailReply offered, CancellationToken cancellationToken)
    {
        var ways = offered.Lines.Where(line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase)).SelectMany(line => line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries)).Skip(1).ToHashSet(StringComparer.OrdinalIgnoreCase);
        static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        if (ways.Contains("PLAIN"))
        {
            await RequireAsync(connection, $"AUTH PLAIN {Encoded($"\0{definition.User}\0{password}")}", "refused the account", cancellationToken).ConfigureAwait(false);
        }
        else if (ways.Contains("LOGIN"))
        {
            await RequireAsync(connection, "AUTH LOGIN", "refused to sign in", cancellationToken).ConfigureAwait(false);
            await RequireAsync(connection, Encoded(definition.User!), "refused the account", cancellationToken).ConfigureAwait(false);
            await RequireAsync(connection, Encoded(password), "refused the account", cancellationToken).ConfigureAwait(false);
        }
        else
        {
            throw FairleadException.Unavailable($"'{definition.Host}' takes neither PLAIN nor LOGIN to sign in; remove 'user', or use another port.");
        }
    }

    /// <summary>Null when somebody gets it: an address that is refused for good keeps it from nobody else.</summary>
    private async Task<SendOutcome?> AddressAsync(LineConnection connection, MailDefinition definition, CancellationToken cancellationToken)
    {
        var refused = new List<string>();
        foreach (var address in definition.To)
        {
            var reply = await AskAsync(connection, $"RCPT TO:<{address}>", cancellationToken).ConfigureAwait(false);
            if (!reply.IsFine && !reply.IsFinal)
                return SendOutcome.Later($"it does not take mail for '{address}' now: {reply}");
            if (!reply.IsFine)
                refused.Add($"'{address}' ({reply})");
        }

        if (refused.Count == definition.To.Count)
            return SendOutcome.Later($"it refused every address: {string.Join(", ", refused)}");
        if (refused.Count > 0)
            Log.AddressesRefused(logger, definition.Name, string.Join(", ", refused));
        return null;
    }

    private static async Task<SendOutcome> TransferAsync(LineConnection connection, string mail, CancellationToken cancellationToken)
    {
        await RequireAsync(connection, "DATA", "refused the message", cancellationToken).ConfigureAwait(false);
        var stuffed = mail.Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(stuffed + ".\r\n"), cancellationToken).ConfigureAwait(false);
        var reply = await ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        return reply.IsFine ? SendOutcome.Delivered($"it answered {reply}") : reply.IsFinal ? SendOutcome.Refused($"it refused the message: {reply}") : SendOutcome.Later($"it does not take the message now: {reply}");
    }

    private static async Task<MailReply> AskAsync(LineConnection connection, string command, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(command, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <param name="command">Null to only listen.</param>
    private static async Task<MailReply> RequireAsync(LineConnection connection, string? command, string problem, CancellationToken cancellationToken)
    {
        var reply = command is null ? await ReadAsync(connection, cancellationToken).ConfigureAwait(false) : await AskAsync(connection, command, cancellationToken).ConfigureAwait(false);
        return reply.IsFine ? reply : throw FairleadException.Unavailable($"The mail server {problem}: {reply}.");
    }

    private static async Task<MailReply> ReadAsync(LineConnection connection, CancellationToken cancellationToken)
    {
        const int MostLines = 100;
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await connection.ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw new IOException("the mail server closed the connection");
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new IOException($"the mail server answered '{PlainText.Short(PlainText.OneLine(line), 100)}'");
            lines.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (line.Length == 3 || line[3] != '-')
                return new MailReply(code, lines);
        }

        throw new IOException("the mail server's answer has no end");
    }
}
