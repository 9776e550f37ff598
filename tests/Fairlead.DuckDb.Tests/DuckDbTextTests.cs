namespace Fairlead.DuckDb.Tests;

public sealed class DuckDbTextTests
{
    [Fact]
    public void Sentence_OfAWrongStatement_SaysWhatIsWrongWithoutTheMarkAndEveryCandidate()
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        var types = Assert.Throws<DuckDbException>(() => connection.Scalar("select 1 - 'a'::varchar"));
        Assert.Equal("Binder Error: No function matches the given name and argument types '-(INTEGER_LITERAL, VARCHAR)'. You might need to add explicit type casts", DuckDbText.Sentence(types.Message));
        var name = Assert.Throws<DuckDbException>(() => connection.Scalar("select nosuch from (select 1 as known)"));
        Assert.Equal("Binder Error: Referenced column \"nosuch\" not found in FROM clause! Candidate bindings: \"known\"", DuckDbText.Sentence(name.Message));
    }
}
