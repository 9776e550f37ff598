using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Gives a run tags, or takes them.</summary>
internal sealed class TagCommand : CliCommand
{
    private static readonly Argument<string> RunArgument = new("run") { Description = "Such as train-3." };
    private static readonly Argument<string[]> Tags = new("tag") { Description = "Words of letters, digits, dots, hyphens and underscores.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Remove = new("--remove") { Description = "Take them from the run." };

    public TagCommand()
        : base("tag", "Give a run a tag, by which 'fairlead runs --tag' finds it.", "fairlead tag train-3 fast", "fairlead tag train-3 fast --remove")
    {
        Arguments.Add(RunArgument);
        Arguments.Add(Tags);
        Options.Add(Remove);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/runs/{Uri.EscapeDataString(parse.GetRequiredValue(RunArgument))}";
        foreach (var tag in parse.GetRequiredValue(Tags))
        {
            if (parse.GetValue(Remove))
                await client.DeleteAsync($"{path}/tags/{Uri.EscapeDataString(tag)}", cancellationToken);
            else
                await client.PostAsync($"{path}/tags", new TagBody(tag, CommandContext.User), WebJson.Default.TagBody, DomainJson.Default.Run, cancellationToken);
        }

        var run = await client.GetAsync(path, DomainJson.Default.Run, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(run, DomainJson.Default.Run);
        else
            Console.Out.WriteLine($"{run.Id}: {string.Join(' ', (run.Annotations ?? RunAnnotations.None).Tags.Select(tag => tag.Name))}".TrimEnd());
        return ExitCodes.Success;
    }
}
