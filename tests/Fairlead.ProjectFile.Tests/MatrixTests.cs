namespace Fairlead.ProjectFile.Tests;

/// <summary>Matrices of steps, conditions, and inputs that pick variants.</summary>
public sealed class MatrixTests
{
    [Fact]
    public void Matrix_OfAStep_IsReadByNameWithItsValuesInOrder()
    {
        var reading = Read("matrix: { customer: [globex, acme], factors: [16, 0.50, true] }, when: params.factors > 8, outputs: [m]");
        Assert.Empty(reading.Problems);
        var step = reading.Project!.Steps[0];
        Assert.Equal(["customer: \"globex\" \"acme\"", "factors: 16 0.5 true"], step.Matrix.Select(axis => $"{axis.Name}: {string.Join(' ', axis.Values.Select(value => value.GetRawText()))}"));
        Assert.Equal("params.factors > 8", step.When);
        Assert.Equal(("train", null), (step.Family, step.Variant));
    }

    [Theory]
    [InlineData("matrix: { a: [] }", "3:25: axis 'a' of step 'train' must be a list with one value at least, not an empty one; write [acme]")]
    [InlineData("matrix: { a: x }", "3:25: axis 'a' of step 'train' must be a list with one value at least, not text; write [x]")]
    [InlineData("matrix: { a: [x, 'x'] }", "3:29: axis 'a' of step 'train' lists 'x' twice; remove one")]
    [InlineData("matrix: { a: [1, '1'] }", "3:29: axis 'a' of step 'train' lists '1' twice; remove one")]
    [InlineData("matrix: { a: ['x y'] }", "3:26: axis 'a' of step 'train' has the value 'x y', which is not a value of a matrix; use letters, digits, '_', '-', '+' and '.', no '.' first, 63 at most, such as 'acme'")]
    [InlineData("matrix: { a: [[1]] }", "3:26: axis 'a' of step 'train' must be a string, a number or a boolean, not a list; write one value")]
    [InlineData("params: { l2: 1 }, matrix: { L2: [1] }", "3:41: axis 'L2' of step 'train' is also the parameter 'l2'; remove the parameter, or rename one of them")]
    [InlineData("matrix: { a: [1] }, when: ''", "3:38: 'when' of step 'train' is '', which is not a condition; use a SQL expression over params and metrics, such as 'params.customer <> 'acme''")]
    public void Matrix_Wrong_IsNamedWithPlaceAndCure(string body, string expected) =>
        Assert.Equal(expected, Assert.Single(Read(body + ", outputs: [m]").Problems).ToString());

    [Theory]
    [InlineData("x: train/m", "input 'x' of step 'test' refers to 'train/m': step 'train' has variants by 'a', of which one must be meant; write 'train[a=1]' for one, or 'train[*]' for all of them")]
    [InlineData("x: 'train[a=3]/m'", "input 'x' of step 'test' refers to 'train[a=3]/m': the axis 'a' of step 'train' has no value '3'; ")]
    [InlineData("x: 'train[c=3]/m'", "input 'x' of step 'test' refers to 'train[c=3]/m': the matrix of step 'train' has no axis 'c'; ")]
    [InlineData("x: 'train[a=1]/m'", "input 'x' of step 'test' refers to 'train[a=1]/m': the axis 'b' has the value 'z' here and not in step 'train'; give both the same values, or pick one with 'train[b=…]'")]
    [InlineData("x: 'train[a=]/m'", "input 'x' of step 'test' refers to 'train[a=]', whose brackets cannot be read; write AXIS=VALUE, AXIS=* or * in them, with commas between")]
    [InlineData("x: 'train[*]/n'", "input 'x' of step 'test' refers to output 'n', which step 'train' does not declare; ")]
    [InlineData("x: 'trian[*]/m'", "input 'x' of step 'test' refers to step 'trian', which is not declared; did you mean 'train'?")]
    [InlineData("x: 'test[b=z]/t'", "steps wait for one another ('test' > 'test'); remove one of these inputs")]
    public void Input_OfAMatrix_IsCheckedAgainstItsAxes(string input, string expected)
    {
        var problems = Read("matrix: { a: [1, 2], b: [x, y] }, outputs: [m]", $"test: {{ run: \"true\", matrix: {{ b: [x, z] }}, inputs: {{ {input} }}, outputs: [t] }}").Problems;
        Assert.Contains(problems, problem => problem.Message.StartsWith(expected, StringComparison.Ordinal));
        Assert.Single(problems.Select(problem => problem.Line).Distinct());
    }

    [Fact]
    public void Model_OfAMatrix_NamesOneVariant()
    {
        var reading = Read("matrix: { b: [x], a: [1, 2] }, outputs: [m]", "", "models: { late: { from: 'train[b=x,a=2]/m' } }");
        Assert.Empty(reading.Problems);
        Assert.Equal("train[a=2,b=x]", reading.Project!.Models[0].Step);
        Assert.Contains("one must be meant", Assert.Single(Read("matrix: { a: [1, 2] }, outputs: [m]", "", "models: { late: { from: train/m } }").Problems).Message);
        Assert.Contains("one variant must be meant", Assert.Single(Read("matrix: { a: [1, 2] }, outputs: [m]", "", "models: { late: { from: 'train[*]/m' } }").Problems).Message);
    }

    [Fact]
    public void Matrix_OfTooManyCombinations_IsRefused()
    {
        var values = string.Join(", ", Enumerable.Range(0, 320));
        Assert.Contains("has more than 100000 combinations", Assert.Single(Read($"matrix: {{ a: [{values}], b: [{values}] }}, outputs: [m]").Problems).Message);
        var half = string.Join(", ", Enumerable.Range(0, 240));
        Assert.Contains("have more than 100000 variants together", Assert.Single(Read($"matrix: {{ a: [{half}], b: [{half}] }}, outputs: [m]", $"other: {{ run: \"true\", matrix: {{ c: [{half}], d: [{half}] }}, outputs: [m] }}").Problems).Message);
        var name = new string('n', 60);
        Assert.Contains("200 at most", Assert.Single(Read($"matrix: {{ {name}1: [{name}], {name}2: [{name}] }}, outputs: [m]").Problems).Message);
    }

    private static Domain.Projects.ProjectReading Read(string body, string more = "", string end = "") =>
        new YamlProjectReader().Read($"project: p\nsteps:\n  train: {{ {body}, run: \"true\" }}\n{(more.Length > 0 ? $"  {more}\n" : "")}{end}\n");
}
