//! What the command line says.

pub struct Options {
    /// How many origins the largest policies have.
    pub origins: usize,
    /// How many batches the medians are of.
    pub rounds: usize,
    /// How often each policy of the largest size is built.
    pub builds: usize,
    /// How long a hostile header is.
    pub hostile_bytes: usize,
}

const USAGE: &str = "usage: [--quick] [--origins COUNT] [--rounds COUNT]
  --quick    only see that everything runs: small sizes, few rounds
  --origins  how many origins the largest policies have (100000)
  --rounds   how many batches each median is of (101)";

impl Options {
    /// From the arguments, or what is wrong with them.
    pub fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            origins: 100_000,
            rounds: 101,
            builds: 7,
            hostile_bytes: 1 << 20,
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let mut count = || {
                let count = arguments.next().and_then(|text| text.parse().ok());
                count
                    .filter(|&count| count > 0)
                    .ok_or_else(|| format!("`{argument}` takes a count above 0\n{USAGE}"))
            };
            match &*argument {
                "--quick" => {
                    options = Self {
                        origins: 2_000,
                        rounds: 3,
                        builds: 1,
                        hostile_bytes: 1 << 16,
                    };
                }
                "--origins" => options.origins = count()?,
                "--rounds" => options.rounds = count()?,
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }
}
