using System.Text;
using System.Text.Json;
using Fairlead.Domain.Projects;
using Fairlead.Testing;

namespace Fairlead.ProjectFile.Tests;

public sealed class MutationTests
{
    private static readonly int Mutations = Campaign.Rounds(5_000, 500_000);

    private static readonly string[] Fragments =
    [
        "\t", "\n", "  ", "{", "}", "[", "]", ":", ": ", ",", "- ", "? ", "&a ", "*a", "!", "!!int ", "|\n", ">-\n", "'", "\"", "\\", "#", "%", "@", "`", "\0", "\ud800",
        "\u2028", "é", "<<: *both", "---\n", "...\n", "~", "null", "true", "1e999", "0x", "dataset:", "/", "..", "train/model.onnx", "run: x", "resources:", "pipelines: {}", "\r", "\u0085",
    ];

    [Fact]
    public void Read_UnknownKeyOfControlCharactersBesideUses_IsShownEscaped()
    {
        var good = GoldenFile.Read("good.yaml");
        var at = good.IndexOf("uses:", StringComparison.Ordinal);
        var problems = new YamlProjectReader().Read(good[..at] + "\"w\\then\": x, " + good[at..]).Problems;
        Assert.NotEmpty(problems);
        Assert.All(problems, problem => AssertReadable(problem, good));
    }

    [Fact]
    public void Read_AnyMutationOfAGoodFile_GivesAProjectOrProblemsAndNeverThrows()
    {
        var good = GoldenFile.Read("good.yaml");
        var reader = new YamlProjectReader();
        var random = new Random(20010201);
        var succeeded = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var text = Mutate(good, random);
            ProjectReading reading;
            try
            {
                reading = reader.Read(text);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"mutation {i} threw; its text is:\n{text}", e);
            }

            Assert.True(reading.Succeeded ? reading.Problems.Count == 0 : reading.Problems.Count > 0, text);
            Assert.All(reading.Problems, problem => AssertReadable(problem, text));
            if (reading.Succeeded)
                JsonSerializer.Serialize(reading.Project);
            succeeded += reading.Succeeded ? 1 : 0;
        }

        Assert.InRange(succeeded, 1, Mutations - 1);
    }

    private static void AssertReadable(ProjectProblem problem, string text)
    {
        Assert.InRange(problem.Line, 1, text.Length + 2);
        Assert.True(problem.Column >= 1);
        Assert.True(problem.Message.Length is > 0 and < 2_000 && !problem.Message.Any(char.IsControl), problem.Message);
    }

    private static string Mutate(string good, Random random)
    {
        var text = new StringBuilder(good);
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 30), text.Length - at);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(1, 0x180);
                    break;
                case 3:
                    text.Insert(random.Next(text.Length), text.ToString(at, length));
                    break;
                default:
                    text.Length = Math.Max(1, text.Length - random.Next(text.Length / 4));
                    break;
            }
        }

        return text.ToString();
    }
}
