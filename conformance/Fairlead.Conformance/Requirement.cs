namespace Fairlead.Conformance;

/// <summary>The sentence of a specification that a rule checks.</summary>
/// <param name="Level">How binding it is.</param>
/// <param name="Document">One of <see cref="Conformance.Document"/>.</param>
/// <param name="Section">Its heading there.</param>
/// <param name="Sentence">Its substance, in one sentence.</param>
/// <param name="Extension">For <see cref="Level.Extension"/>: its name in the server's metadata.</param>
public sealed record Requirement(Level Level, string Document, string Section, string Sentence, string? Extension = null)
{
    public static Requirement Must(string document, string section, string sentence) => new(Level.Must, document, section, sentence);

    public static Requirement Should(string document, string section, string sentence) => new(Level.Should, document, section, sentence);

    public static Requirement Of(string extension, string document, string section, string sentence) => new(Level.Extension, document, section, sentence, extension);
}
