using System.CommandLine;

namespace Fairlead.CommandLine;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public const string Json = "json";
    public const string Text = "text";

    public static readonly Option<string> Format = CreateFormat();

    public static readonly Option<string?> Project = new("--project", "-C")
    {
        Description = "Folder of the project; else the current one or the nearest above it that holds a fairlead.yaml.",
        HelpName = "folder",
        Recursive = true,
    };

    public static readonly Option<string?> Url = new("--url")
    {
        Description = "URL of the control plane; else the one that 'fairlead up' started for the project.",
        HelpName = "url",
        Recursive = true,
    };

    private static Option<string> CreateFormat()
    {
        var option = new Option<string>("--format")
        {
            Description = "How results are printed: text for people, json for programs.",
            DefaultValueFactory = _ => Text,
            Recursive = true,
        };
        option.AcceptOnlyFromAmong(Text, Json);
        return option;
    }
}
