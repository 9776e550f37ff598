using System.CommandLine;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.Identity;
using Fairlead.Identity.Audit;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Finds out whether the audit log was altered.</summary>
internal sealed class AuditVerifyCommand : CliCommand
{
    private static readonly Option<string?> Export = new("--file") { Description = "Check what 'fairlead audit export' printed instead of what the control plane has.", HelpName = "file" };

    private static readonly Option<string?> Head = new("--head")
    {
        Description = "A head that an earlier 'audit verify' printed and that was kept elsewhere: the log must have gone through it.",
        HelpName = "head",
    };

    public AuditVerifyCommand()
        : base(
            "verify",
            "Hold every entry of the audit log against its hash, and its end against the recorded head; names the first broken link.",
            "fairlead audit verify",
            "fairlead audit verify --head 120:sha256:…        # printed last month",
            "fairlead audit verify --file audit.jsonl")
    {
        Options.Add(Export);
        Options.Add(Head);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var head = parse.GetValue(Head) is { } text ? AuditHead.Parse(text) : null;
        var verdict = parse.GetValue(Export) is { } file
            ? await VerifyFileAsync(file, head, cancellationToken)
            : await VerifyAsync(context, head, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(verdict, IdentityJson.Default.AuditVerdict);
        else
            Print(context, verdict);
        return verdict.IsWhole ? ExitCodes.Success : ExitCodes.Damaged;
    }

    private static async Task<AuditVerdict> VerifyAsync(CommandContext context, AuditHead? head, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var query = head is null ? "" : $"?head={Uri.EscapeDataString(head.ToString())}";
        return await client.GetAsync($"/api/audit/verify{query}", IdentityJson.Default.AuditVerdict, cancellationToken);
    }

    private static async Task<AuditVerdict> VerifyFileAsync(string file, AuditHead? head, CancellationToken cancellationToken)
    {
        var verifier = new AuditVerifier(new[] { head }.OfType<AuditHead>());
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            number++;
            if (!verifier.Add(Read(file, number, line)))
                break;
        }

        verifier.Complete();
        return new AuditVerdict(verifier.Head.Number, verifier.Head.ToString(), null, verifier.Break);
    }

    private static AuditEntry Read(string file, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, DomainJson.Default.AuditEntry) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw FairleadException.Damaged($"Line {number} of '{file}' is no entry of an audit log ({e.Message}); export it anew.");
        }
    }

    private static void Print(CommandContext context, AuditVerdict verdict)
    {
        if (verdict.Break is { } found)
            context.Error.MarkupLineInterpolated($"[red]broken at entry {found.Number}:[/] {found.Problem}");
        else
            context.Error.MarkupLineInterpolated($"[green]whole:[/] {verdict.Entries} entries hang together; keep the head elsewhere, so that you can check against it later");
        context.Out.WriteLine(verdict.Head);
    }
}
