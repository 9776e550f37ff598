using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;

namespace Fairlead.Notices.Tests.Channels;

public sealed partial class SmtpChannelTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-mail-").FullName;
    private readonly (string CertificateFile, string KeyFile, X509ChainPolicy Trust) certificate;
    private readonly Bench bench;

    public SmtpChannelTests()
    {
        certificate = ServerCertificate.Create(folder);
        bench = new Bench(trust: certificate.Trust);
        bench.Secrets["env:PASSWORD"] = "pässword";
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    [InlineData("none")]
    public async Task Send_ByEachWay_Arrives(string mode)
    {
        using var server = await MailServer.StartAsync(folder, mode, certificate.CertificateFile, certificate.KeyFile);
        var hasAccount = mode != "none";
        await QueueAsync(Channel(server, mode) with { User = hasAccount ? "robot" : null, Password = hasAccount ? "env:PASSWORD" : null }, "All is well.");

        Assert.Equal(1, await bench.DeliverAsync());

        var mail = Assert.Single(server.Received);
        Assert.Equal((hasAccount, hasAccount ? "robot" : "", "fairlead@example.com"), (mail.GetProperty("tls").GetBoolean(), mail.GetProperty("login").GetString(), mail.GetProperty("from").GetString()));
        Assert.Equal(["a@example.com", "b@example.com"], mail.GetProperty("to").EnumerateArray().Select(address => address.GetString()));
    }

    [Fact]
    public async Task Send_HostileAndForeignText_StaysInItsPlace()
    {
        using var server = await MailServer.StartAsync(folder, "none", "", "");
        await QueueAsync(Channel(server, "none"), ".\r\n.\r\nQUIT\r\n<script>alert(1)</script> größer", title: "Fehler\r\nBcc: evil@example.com\r\n\r\n<b>ü</b> " + new string('ß', 60));

        Assert.Equal(1, await bench.DeliverAsync());

        var text = Assert.Single(server.Received).GetProperty("text").GetString()!;
        Assert.All(text, c => Assert.InRange(c, '\n', '~'));
        Assert.All(text.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        var headers = text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.DoesNotContain("Bcc", headers);
        Assert.StartsWith("[shop] Fehler Bcc: evil@example.com  <b>ü</b> ßßß", Decoded(headers));
        var parts = Parts().Matches(text).Select(part => Encoding.UTF8.GetString(Convert.FromBase64String(part.Groups[2].Value))).ToList();
        Assert.Contains(".\n.\nQUIT\n<script>alert(1)</script> größer", parts[0]);
        Assert.Contains("http://localhost:7070/executions/7", parts[0]);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; gr", parts[1]);
        Assert.DoesNotContain("<script>", parts[1]);
    }

    [Fact]
    public async Task Send_TheSameMessageAgain_HasTheSameId()
    {
        using var server = await MailServer.StartAsync(folder, "none", "", "");
        await QueueAsync(Channel(server, "none"), "x");
        await bench.DeliverAsync();
        await bench.DisposeAsync();

        await using var second = new Bench(trust: certificate.Trust);
        second.Project.Notify = bench.Project.Notify;
        await second.AddAsync("k", NoticeEvents.ExecutionFailed, "mail");
        await second.DeliverAsync();

        var ids = server.Received.Select(mail => MessageId().Match(mail.GetProperty("text").GetString()!).Value).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Equal(ids[0], ids[1]);
    }

    [Fact]
    public async Task Send_ToSomeThatAreGone_ReachesTheOthers()
    {
        using var server = await MailServer.StartAsync(folder, "none", "", "");
        await QueueAsync(Channel(server, "none") with { To = ["gone@example.com", "a@example.com"] }, "x");

        Assert.Equal(1, await bench.DeliverAsync());

        Assert.Equal("a@example.com", Assert.Single(server.Received).GetProperty("to")[0].GetString());
    }

    [Fact]
    public async Task Send_ToSomeoneWhoIsRefusedForNow_IsTriedAgainForAll()
    {
        using var server = await MailServer.StartAsync(folder, "none", "", "");
        await QueueAsync(Channel(server, "none") with { To = ["a@example.com", "later@example.com"] }, "x");

        Assert.Equal(0, await bench.DeliverAsync());

        Assert.Empty(server.Received);
        Assert.Contains("451 not now", Assert.Single(await bench.ListAsync()).Error);
    }

    [Fact]
    public async Task Send_AMessageThatIsRefused_IsGivenUpAtOnce()
    {
        using var server = await MailServer.StartAsync(folder, "none", "", "");
        bench.Project.Notify = new NotifyDefinition { Channels = [Channel(server, "none") with { From = "refuse-me@example.com" }] };
        await bench.AddAsync("k", to: "mail");

        await bench.DeliverAsync();

        Assert.Equal(NoticeStatus.Dead, Assert.Single(await bench.ListAsync()).Status);
    }

    [Fact]
    public async Task Send_WithAWrongPassword_SaysSoAndNotThePassword()
    {
        using var server = await MailServer.StartAsync(folder, "starttls", certificate.CertificateFile, certificate.KeyFile);
        bench.Secrets["env:PASSWORD"] = "wrong-one";
        await QueueAsync(Channel(server, "starttls") with { User = "robot", Password = "env:PASSWORD" }, "x");

        await bench.DeliverAsync();

        var error = Assert.Single(await bench.ListAsync()).Error;
        Assert.Contains("refused the account", error);
        Assert.DoesNotContain("wrong", error);
    }

    [Fact]
    public async Task Send_ToAServerThatNobodyTrusts_SaysNothingToIt()
    {
        var other = ServerCertificate.Create(folder, "other.example.com");
        using var server = await MailServer.StartAsync(folder, "starttls", other.CertificateFile, other.KeyFile);
        await QueueAsync(Channel(server, "starttls"), "x");

        Assert.Equal(0, await bench.DeliverAsync());

        Assert.Empty(server.Received);
        Assert.Contains("certificate", Assert.Single(await bench.ListAsync()).Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("220 x\r\n", "250 x\r\n", "offers no STARTTLS")]
    [InlineData("220 x\r\n", "250-x\r\n250 STARTTLS\r\n", "more before the connection was protected")]
    [InlineData("554 go away\r\n", "", "did not greet: 554 go away")]
    [InlineData("nonsense\r\n", "", "answered 'nonsense'")]
    public async Task Send_ToAServerThatMisbehaves_SaysNothingInTheClear(string greeting, string ehlo, string error)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = Task.Run(
            async () =>
            {
                using var client = await listener.AcceptTcpClientAsync(Token);
                using var stream = client.GetStream();
                using var reader = new StreamReader(stream);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), Token);
                var said = await reader.ReadLineAsync(Token) + "\n";
                if (ehlo.Length > 0)
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(ehlo), Token);
                said += await reader.ReadLineAsync(Token);
                // With the answer comes what somebody on the way put there.
                await stream.WriteAsync("220 go on\r\n250 evil\r\n"u8.ToArray(), Token);
                return said + await reader.ReadToEndAsync(Token);
            },
            Token);
        await QueueAsync(new MailDefinition { Name = "mail", Host = "localhost", Port = ((IPEndPoint)listener.LocalEndpoint).Port, From = "fairlead@example.com", To = ["a@example.com"], User = "robot", Password = "env:PASSWORD" }, "x");

        await bench.DeliverAsync();

        Assert.Contains(error, Assert.Single(await bench.ListAsync()).Error);
        Assert.DoesNotContain("AUTH", await heard);
    }

    private static MailDefinition Channel(MailServer server, string mode) => new()
    {
        Name = "mail",
        Host = "localhost",
        Port = server.Port,
        Security = mode switch { "tls" => MailSecurity.Tls, "none" => MailSecurity.None, _ => MailSecurity.StartTls },
        From = "fairlead@example.com",
        To = ["a@example.com", "b@example.com"],
    };

    private async Task QueueAsync(MailDefinition channel, string message, string title = "A title")
    {
        bench.Project.Notify = new NotifyDefinition { Channels = [channel] };
        await bench.Outbox.AddAsync(bench.Draft("k", NoticeEvents.ExecutionFailed) with { Title = title, Fields = new Dictionary<string, string> { [NoticeFields.Message] = message }, To = ["mail"] }, Token);
    }

    private static string Decoded(string headers)
    {
        var subject = Regex.Match(headers, "Subject: (.*?)\r\n[A-Z]", RegexOptions.Singleline).Groups[1].Value;
        return string.Concat(Regex.Matches(subject, @"=\?utf-8\?B\?([^?]+)\?=").Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value))));
    }

    [GeneratedRegex("Content-Type: (text/[a-z]+); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n(.*?)--", RegexOptions.Singleline)]
    private static partial Regex Parts();

    [GeneratedRegex("Message-ID: <[^>]+>")]
    private static partial Regex MessageId();
}
