using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.CommandLine;

namespace Fairlead.Tests.CommandLine;

/// <summary>Every command that is not hidden explains itself.</summary>
public sealed class CommandTreeTests
{
    public static TheoryData<string> Commands => [.. All(CommandTree.Create(), "").Select(found => found.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEveryCommand_DescribesItAndGivesAnExample(string path)
    {
        var output = new StringWriter();
        var command = All(CommandTree.Create(), "").Single(found => found.Path == path).Command;

        var code = CommandTree.Create().Parse($"{path} --help").Invoke(new InvocationConfiguration { Output = output });

        Assert.Equal(0, code);
        Assert.False(string.IsNullOrWhiteSpace(command.Description));
        var help = output.ToString();
        Assert.Contains(command.Description, help);
        var examples = help[(help.IndexOf("Examples:", StringComparison.Ordinal) + 1)..].Split('\n').Skip(1).Where(line => line.Trim().Length > 0).ToList();
        Assert.NotEmpty(examples);
        Assert.Contains(examples, example => example.Contains($"fairlead {path}".TrimEnd(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Options_OfEveryCommand_AreDescribed(string path)
    {
        var command = All(CommandTree.Create(), "").Single(found => found.Path == path).Command;
        Assert.All(command.Options.Where(option => option is not HelpOption), option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEveryCommand_HasEachOptionOnceAndNoArgumentOfTheCommandsAboveIt(string path)
    {
        var output = new StringWriter();
        CommandTree.Create().Parse($"{path} --help").Invoke(new InvocationConfiguration { Output = output });
        var lines = output.ToString().Split('\n');
        var options = lines.Where(line => line.StartsWith("  -", StringComparison.Ordinal)).Select(line => line.Split("--")[1].Split(' ', ',')[0]).ToList();
        Assert.Equal(options.Distinct(), options);
        Assert.Contains(lines, line => line.StartsWith($"  {RootCommand.ExecutableName} {path}".TrimEnd(), StringComparison.Ordinal));
    }

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path)
    {
        yield return (path, command);
        foreach (var child in command.Subcommands.Where(child => !child.Hidden))
        {
            foreach (var found in All(child, $"{path} {child.Name}".TrimStart()))
                yield return found;
        }
    }
}
